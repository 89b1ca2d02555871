import { setImmediate } from 'node:timers';
import { instant, milliseconds } from '../../recovery/model/time.js';
import type { Clock } from '../../recovery/ports/clock.js';
import { beginning } from './sample-world.js';

/** A clock that goes on while nobody sleeps, as a real one does, and takes no real time. */
export interface PassingClock extends Clock {
  /** What something takes that is done for us. */
  takes(seconds: number): Promise<void>;
  /** Lets time pass until `work` is over. */
  until<T>(work: Promise<T>): Promise<T>;
  /** How often anybody was woken. */
  readonly wakes: number;
}

export const passingClock = (): PassingClock => {
  let now = beginning;
  let wakes = 0;
  let timers: { readonly at: number; readonly wake: () => void }[] = [];
  const sleep = (at: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = { at, wake: resolve };
      timers.push(timer);
      signal?.addEventListener('abort', () => {
        timers = timers.filter((one) => one !== timer);
        resolve();
      });
    });
  return {
    passesByItself: true,
    now: () => instant(now),
    sleepUntil: (until, signal) => sleep(milliseconds(until), signal),
    takes: (seconds) => sleep(now + seconds * 1000),
    until: async (work) => {
      let over = false;
      const ended = work.finally(() => (over = true));
      ended.catch(() => undefined);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (over) return ended;
        const [first] = timers.sort((a, b) => a.at - b.at);
        if (!first) throw new Error('everybody waits for something other than time');
        timers = timers.slice(1);
        now = Math.max(now, first.at);
        wakes += 1;
        first.wake();
      }
    },
    get wakes() {
      return wakes;
    },
  };
};
