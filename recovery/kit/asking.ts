import { RecoveryError } from '../model/recovery-error.js';
import type { Answer } from './define-check.js';

/**
 * Asks, and answers `unknown` with the reason where no answer came: refused, throttled, no such thing, nobody there.
 * A bug stays a bug.
 */
export const asking = async (
  about: { readonly expected: string; readonly source: string },
  look: () => Promise<Pick<Answer, 'holds' | 'observed' | 'data'>>,
): Promise<Answer> => {
  try {
    return { ...about, ...(await look()) };
  } catch (error) {
    if (!(error instanceof RecoveryError) || error.kind === 'bug' || error.kind === 'fenced') throw error;
    return { ...about, holds: 'unknown', observed: `no answer: ${error.message}` };
  }
};

/** Whether two values are the same, as an answer's `holds` and `observed`. */
export const same = (observed: string, expected: string): { holds: boolean; observed: string } => ({
  holds: observed === expected,
  observed,
});
