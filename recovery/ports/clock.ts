import type { Instant } from '../model/time.js';

/** Whose time it is. The engine's only way to wait. */
export interface Clock {
  now(): Instant;
  /** Whether time goes on while nobody sleeps. In the twin's world it does not. */
  readonly passesByItself: boolean;
  /** Resolves when `until` has come, or `signal` is given up. In the twin's world that may be at once. */
  sleepUntil(until: Instant, signal?: AbortSignal): Promise<void>;
}
