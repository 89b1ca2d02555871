import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { lintPlan } from '../planning/lint-plan.js';
import type { Console } from './command.js';
import { lintLines } from './lint-lines.js';

/** Says what the lints found in a plan that is about to be carried out. @throws RecoveryError `invalid` with every finding when one refuses it. */
export const heedLints = ({ err }: Pick<Console, 'err'>, plan: Plan, hash: string): void => {
  const found = lintPlan(plan);
  const refusing = found.filter(({ severity }) => severity === 'refuses').length;
  if (refusing === 0) {
    if (found.length) err(`${lintLines(found).join('\n')}\n`);
    return;
  }
  const all = found.map(({ severity, lint, message }) => `  ${severity} (${lint}): ${message}`);
  throw new RecoveryError(
    'invalid',
    'plan-refused',
    `${refusing === 1 ? 'a finding refuses' : `${refusing} findings refuse`} plan ${hash}; nothing was started\n${all.join('\n')}`,
  );
};
