import { hashOf, sha256 } from '../model/canonical.js';
import { planAsNow } from '../model/plan-as-now.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';

/** The plan in a kept text. @throws RecoveryError `invalid` when it is not the one it is named for. */
export const planIn = (text: string, hash: string, place: string): Plan => {
  const plan = JSON.parse(text) as Plan;
  // As it was kept, the text itself is what was hashed; by hand it may have got other blanks.
  if (sha256(text.trimEnd()) === hash || hashOf(plan) === hash) return planAsNow(plan);
  throw new RecoveryError('invalid', 'plan-altered', `${place} is not the plan it is named for; restore it, or make another`);
};
