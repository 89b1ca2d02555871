import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextLookAt, type Pace } from '../../../recovery/engine/cadence.js';
import { instant, milliseconds, secondsBetween } from '../../../recovery/model/time.js';
import { beginning } from '../../helpers/sample-world.js';

const drawn = fc.record({
  paceSeconds: fc.integer({ min: 1, max: 60 }),
  earliestSeconds: fc.integer({ min: 0, max: 3_600 }),
  latestSeconds: fc.integer({ min: 4_200, max: 7_200 }),
  startedMs: fc.integer({ min: 0, max: 100_000 }),
  /** Of the work, beyond its earliest end. */
  moreMs: fc.integer({ min: 0, max: 600_000 }),
});

/** Every look at work that began then, until the one that finds it over. */
const looksAt = (pace: Pace, startedMs: number, overMs: number): number[] => {
  const looks: number[] = [];
  for (let at = startedMs; at < overMs; looks.push(at)) at = milliseconds(nextLookAt(pace, instant(startedMs), instant(at)));
  return looks;
};

describe('when to look again', () => {
  it('work is noticed within 8 s of its end, and within the step’s own pace if that is less', () => {
    fc.assert(
      fc.property(drawn, ({ startedMs, moreMs, ...pace }) => {
        const started = beginning + startedMs;
        const over = started + pace.earliestSeconds * 1000 + moreMs;
        const last = looksAt(pace, started, over).at(-1) ?? over;
        expect((last - over) / 1000).toBeLessThanOrEqual(Math.min(pace.paceSeconds, 8));
      }),
    );
  });

  it('before anything can be over, looks are a minute apart, closer only as the end comes near', () => {
    fc.assert(
      fc.property(drawn, ({ startedMs, ...pace }) => {
        const started = beginning + startedMs;
        const nearFrom = started + pace.earliestSeconds * 1000 - 120_000;
        const early = looksAt(pace, started, Math.max(started, nearFrom));
        // The grid makes a minute shorter, by less than one look near the end.
        expect(early.length).toBeLessThanOrEqual(Math.ceil(pace.earliestSeconds / 52));
        const all = looksAt(pace, started, started + pace.earliestSeconds * 1000);
        expect(all.length - early.length).toBeLessThanOrEqual(14);
      }),
    );
  });

  it('looks of one pace fall on one grid, whenever their work began, so that they go out together', () => {
    fc.assert(
      fc.property(drawn, ({ startedMs, moreMs, ...pace }) => {
        const started = beginning + startedMs;
        const near = Math.min(pace.paceSeconds, 8) * 1000;
        const looks = looksAt(pace, started, started + pace.earliestSeconds * 1000 + moreMs);
        expect(looks.filter((at) => at % near !== 0)).toEqual([]);
      }),
    );
  });

  it('work that is overdue is noticed within a twentieth of the time that it was overdue, or as soon as any other', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 20_000 }), ({ startedMs, moreMs: _, ...pace }, overdueSeconds) => {
        const over = beginning + startedMs + (pace.latestSeconds + overdueSeconds) * 1000;
        const last = looksAt(pace, beginning + startedMs, over).at(-1) ?? over;
        const near = Math.min(pace.paceSeconds, 8);
        expect((last - over) / 1000).toBeLessThanOrEqual(Math.max(near, Math.min(60, overdueSeconds / 20)));
      }),
    );
  });

  it('work that never ends is looked at once a minute in the end', () => {
    const looks = looksAt({ paceSeconds: 10, earliestSeconds: 60, latestSeconds: 600 }, beginning, beginning + 86_400_000);
    expect(looks.length).toBeLessThanOrEqual(1_800);
  });

  it('not before AWS said it may be asked again', () => {
    const now = instant(beginning);
    const next = nextLookAt({ paceSeconds: 5, earliestSeconds: 0, latestSeconds: 60 }, now, now, 42);
    expect(secondsBetween(now, next)).toBe(42);
  });
});
