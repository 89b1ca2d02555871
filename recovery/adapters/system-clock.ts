import { setTimeout as pause } from 'node:timers/promises';
import { instant, milliseconds } from '../model/time.js';
import type { Clock } from '../ports/clock.js';

/** This machine's clock. */
export const systemClock: Clock = {
  passesByItself: true,
  now: () => instant(Date.now()),
  sleepUntil: (until, signal) => pause(Math.max(0, milliseconds(until) - Date.now()), undefined, { signal }).catch(unlessGivenUp(signal)),
};

const unlessGivenUp =
  (signal: AbortSignal | undefined) =>
  (error: unknown): void => {
    if (!signal?.aborted) throw error;
  };
