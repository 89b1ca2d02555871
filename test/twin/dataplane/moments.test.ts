import { expect, test } from '@jest/globals';
import { machineClock, Moments } from '../../../twin/dataplane/moments.js';

/** Moments on a machine whose clock counts the looks at it. */
const counted = (): Moments => {
  let looks = 0;
  return new Moments(1000, () => ++looks);
};

test('the machine time after an instant is that at which the world left its second', () => {
  const moments = counted();
  for (const instant of [1500, 1700, 2000, 2001, 9000]) moments.note(instant);
  expect([0, 999, 1000, 1999, 2000, 5000, 8999].map((instant) => moments.after(instant))).toEqual([1, 1, 2, 2, 3, 4, 4]);
});

test('an instant the world has not left yet has no machine time after it', () => {
  const moments = counted();
  moments.note(2000);
  expect([moments.after(2000), moments.after(7000)]).toEqual([undefined, undefined]);
});

test("the machine's clock agrees with the system's to the millisecond and tells microseconds apart", () => {
  const clock = machineClock();
  const [before, now, after] = [Date.now(), clock(), Date.now()];
  expect(now).toBeGreaterThan((before - 1) * 1000);
  expect(now).toBeLessThan((after + 2) * 1000);
  const looks = Array.from({ length: 50 }, clock);
  expect(new Set(looks).size).toBeGreaterThan(10);
  expect(looks).toEqual([...looks].sort((a, b) => a - b));
});
