/**
 * When to look at a task again.
 *
 * 1. Near the end of its work, at the step's own pace and never less often than every 8 s: who looks late is late.
 * 2. Before that nobody expects anything, so looks are few: half of the time left until then, at most a minute.
 * 3. All looks of one pace fall on one grid of the world's time, so that tasks that wait for one kind of thing ask together.
 */
import { instant, milliseconds, type Instant } from '../model/time.js';

const nearestSeconds = 8;
const farthestSeconds = 60;

export interface Pace {
  /** The step's own: between two looks near the end. */
  readonly paceSeconds: number;
  /** Its work is over no sooner than this after it began; 0: who knows. */
  readonly earliestSeconds: number;
}

/** Not before `notBeforeSeconds` from now, if AWS said so. */
export const nextLookAt = ({ paceSeconds, earliestSeconds }: Pace, startedAt: Instant, now: Instant, notBeforeSeconds = 0): Instant => {
  const near = Math.max(1, Math.min(paceSeconds, nearestSeconds)) * 1000;
  const at = milliseconds(now);
  const untilNear = milliseconds(startedAt) + earliestSeconds * 1000 - at;
  const wait = untilNear <= near ? near : Math.max(near, Math.min(untilNear / 2, farthestSeconds * 1000));
  return instant(Math.max(Math.floor((at + wait) / near) * near, at + notBeforeSeconds * 1000, at + 1));
};
