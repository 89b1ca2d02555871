import type { Evidence } from './evidence.js';

/** Whether a gate with this evidence lets pass: every answer is yes, or does not apply. */
export const satisfied = (evidence: readonly Pick<Evidence, 'holds'>[]): boolean =>
  evidence.every(({ holds }) => holds === true || holds === 'does-not-apply');
