// Timers, the clock and chance of this process, scripted: whatever sleeps is woken in order, and no real time passes.
import { setImmediate } from 'node:timers';
import TinyQueue from 'tinyqueue';
import { seededChance } from '../../dist/twin/world/chance.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Carries `work` out with `setTimeout`, `Date.now` and `Math.random` in its hands. */
export const inVirtualTime = async ({ beginning, seed }, work) => {
  const real = { setTimeout: globalThis.setTimeout, now: Date.now, random: Math.random };
  const timers = new TinyQueue([], (a, b) => a.at - b.at || a.number - b.number);
  const chance = seededChance(`waiters/${seed}`);
  let now = beginning;
  let number = 0;
  const at = (moment, wake) => timers.push({ at: moment, number: number++, wake });
  globalThis.setTimeout = (wake, milliseconds = 0) => at(now + milliseconds, wake);
  Date.now = () => now;
  Math.random = chance.next;
  try {
    let end;
    void work({ now: () => now, sleepUntil: (moment) => new Promise((resolve) => at(moment, resolve)) }).then(
      (value) => (end = { value }),
      (error) => (end = { error }),
    );
    for (await settled(); !end; await settled()) {
      const first = timers.pop();
      if (!first) throw new Error('everybody waits for something other than time');
      now = Math.max(now, first.at);
      first.wake();
      while (timers.peek()?.at <= now) timers.pop().wake();
    }
    if (end.error) throw end.error;
    return end.value;
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout });
    Object.assign(Date, { now: real.now });
    Object.assign(Math, { random: real.random });
  }
};
