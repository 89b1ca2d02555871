import { secondsBetween } from '../model/time.js';
import type { StepContext } from './define-step.js';

/**
 * AWS's reads may not show at once what was just made ("eventual consistency", stated for most of its control planes, without a bound):
 * for so many seconds after an attempt began, or was taken up again, "no such thing" is not an answer yet. An assumption.
 */
const visibleWithinSeconds = 300;

/** Whether what this attempt made may be there without showing. */
export const mayNotShowYet = ({ awaitedSince, at }: StepContext): boolean => secondsBetween(awaitedSince, at) < visibleWithinSeconds;
