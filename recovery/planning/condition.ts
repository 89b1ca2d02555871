import type { Targets } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Condition } from './schemas.js';
import { factAt } from './survey-paths.js';

/** `site.activeCount is 2`. */
export const conditionInWords = ({ fact, is, isNot }: Condition): string =>
  is === undefined ? `${fact} is not ${String(isNot)}` : `${fact} is ${String(is)}`;

/** Whether two tasks are done, or left out, together. */
export const sameCondition = (one: Condition | undefined, other: Condition | undefined): boolean =>
  one?.fact === other?.fact && one?.is === other?.is && one?.isNot === other?.isNot;

/** Why a task is not done where the sites are like this; null where it is done. @throws RecoveryError `rejected` where nobody knows. */
export const leftOutBecause = (condition: Condition, targets: Targets, task: string): string | null => {
  const found = factAt(targets, condition.fact);
  if (found === undefined)
    throw new RecoveryError(
      'rejected',
      'fact-not-surveyed',
      `the survey found no ${condition.fact}, which decides whether ${task} is done; see what the site's stacks publish, or change the condition`,
    );
  const holds = condition.is === undefined ? found !== condition.isNot : found === condition.is;
  return holds ? null : `it is done only where ${conditionInWords(condition)}, and ${condition.fact} is ${String(found)}`;
};
