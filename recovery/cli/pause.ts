import { isBeingWritten } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { leavePause } from '../adapters/inbox-people.js';
import { fold } from '../engine/fold.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';

export interface PauseOptions {
  readonly by: string;
  readonly reason: string;
}

/** Leaves the wish where the process that carries out the run finds it. It finishes what it has in hand, and holds. */
export const pause = async (console: Console, run: string, { by, reason }: PauseOptions): Promise<Ended> => {
  const home = homeOf(console);
  const { plan, entries } = await readRun(home, run);
  const { outcome } = fold(entries);
  if (outcome)
    throw new RecoveryError(
      'invalid',
      'run-ended',
      `run ${run} has ended (${outcome}); there is nothing to pause; see altsite report ${run}`,
    );
  if (!plan.roles.includes(by))
    throw new RecoveryError('invalid', 'unknown-role', `--by ${by} is not a role of the plan; its roles are ${plan.roles.join(', ')}`);
  if (reason.trim() === '') throw new RecoveryError('invalid', 'no-reason', '--reason is empty; say why, for whoever reads the report');
  // Left for a process to come, it would stop that one.
  if (!(await isBeingWritten(home.journal(run))))
    throw new RecoveryError(
      'invalid',
      'nobody-at-it',
      `no process is carrying out run ${run}: it stands still until altsite resume ${run}; see altsite status ${run}`,
    );
  await leavePause(home.inbox(run), { by, reason, source: 'altsite pause' });
  return {
    exitCode: 0,
    text: `${run} will stand still once the work in hand is finished, by ${by}. Continue with: altsite resume ${run}\n`,
    json: { run, by, reason, next: `altsite resume ${run}` },
  };
};
