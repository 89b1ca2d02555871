import type { Instant } from '../model/time.js';

/** Whose time it is. The engine's only way to wait. */
export interface Clock {
  now(): Instant;
  /** Resolves when `until` has come. In the twin's world that may be at once. */
  sleepUntil(until: Instant): Promise<void>;
}
