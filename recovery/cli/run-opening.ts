import { RecoveryError } from '../model/recovery-error.js';
import { instant, type Instant } from '../model/time.js';
import type { Composed } from './compose.js';

/** A moment on the command line that has come already. @throws RecoveryError `invalid` */
export const parsedInstant = (text: string, now: Instant): Instant => {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed))
    throw new RecoveryError('invalid', 'invalid-instant', `--disrupted-at ${text} is not a moment; write it as ${now}`);
  if (instant(parsed) > now)
    throw new RecoveryError(
      'invalid',
      'invalid-instant',
      `--disrupted-at ${text} has not come yet; give when the disruption began, at the latest ${now}`,
    );
  return instant(parsed);
};

/** `20300101-0200-1a2b`: when and of what plan; numbered where that is taken. */
export const freshRunId = async ({ store }: Composed, now: Instant, hash: string): Promise<string> => {
  const base = `${now.slice(0, 10).replaceAll('-', '')}-${now.slice(11, 16).replace(':', '')}-${hash.slice(0, 4)}`;
  for (let number = 1; ; number++) {
    const run = number === 1 ? base : `${base}-${number}`;
    if (!(await store.has(run))) return run;
  }
};
