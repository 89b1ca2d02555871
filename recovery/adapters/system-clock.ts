import { instant, milliseconds } from '../model/time.js';
import type { Clock } from '../ports/clock.js';

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  sleepUntil: (until) => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds(until) - Date.now()))),
};
