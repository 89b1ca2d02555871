/**
 * When to look at a task again.
 *
 * 1. Near the end of its work, at the step's own pace and never less often than every 8 s: who looks late is late.
 * 2. Before that nobody expects anything, so looks are few: half of the time left until then, at most a minute.
 * 3. Work that is overdue may end at any time or never: the wait grows with how long it has been overdue, a twentieth of it and at most a minute.
 * 4. All looks of one pace fall on one grid of the world's time, so that tasks that wait for one kind of thing ask together.
 */
import { instant, milliseconds, type Instant } from '../model/time.js';

const nearestSeconds = 8;
const farthestSeconds = 60;
const shareOfOverdue = 1 / 20;

export interface Pace {
  /** The step's own: between two looks near the end. */
  readonly paceSeconds: number;
  /** Its work is over no sooner than this after it began; 0: who knows. */
  readonly earliestSeconds: number;
  /** Hardly ever later than this; it is overdue from then on. */
  readonly latestSeconds: number;
}

/** Not before `notBeforeSeconds` from now, if AWS said so. */
export const nextLookAt = (pace: Pace, startedAt: Instant, now: Instant, notBeforeSeconds = 0): Instant => {
  const near = Math.max(1, Math.min(pace.paceSeconds, nearestSeconds)) * 1000;
  const at = milliseconds(now);
  const spent = at - milliseconds(startedAt);
  const untilNear = pace.earliestSeconds * 1000 - spent;
  const overdue = spent - pace.latestSeconds * 1000;
  const between = (wait: number): number => Math.max(near, Math.min(wait, farthestSeconds * 1000));
  const wait = untilNear > near ? between(untilNear / 2) : between(overdue * shareOfOverdue);
  return instant(Math.max(Math.floor((at + wait) / near) * near, at + notBeforeSeconds * 1000, at + 1));
};
