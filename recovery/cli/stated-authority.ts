import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';

/**
 * Who decides and why, as said on the command line; null: nothing was said.
 * @throws RecoveryError `invalid` for half of one, or for a role that the plan does not let decide.
 */
export const statedAuthority = (
  { authority, reason }: { authority?: string; reason?: string },
  { succession }: Pick<Plan, 'succession'>,
): { by: string; reason: string } | null => {
  if (authority === undefined && reason === undefined) return null;
  if (authority === undefined || reason === undefined)
    throw new RecoveryError(
      'invalid',
      'half-an-authority',
      `--authority ROLE and --reason TEXT go together; ${authority === undefined ? '--authority' : '--reason'} is missing`,
    );
  if (!succession.includes(authority))
    throw new RecoveryError('invalid', 'no-authority', `--authority ${authority} may not decide; give one of ${succession.join(', ')}`);
  return { by: authority, reason };
};
