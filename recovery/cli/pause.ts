import { leavePause } from '../adapters/inbox-people.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Console, Ended } from './command.js';
import { readRun } from './read-run.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';

export interface PauseOptions extends StoreOptions {
  readonly by: string;
  readonly reason: string;
}

/** Leaves the wish where the process that carries out the run finds it. It finishes what it has in hand, and holds. */
export const pause = async (console: Console, run: string, options: PauseOptions): Promise<Ended> => {
  const { by, reason } = options;
  const store = await storeOf(console, options);
  const { plan, state } = await readRun(store, run);
  if (state.outcome)
    throw new RecoveryError(
      'invalid',
      'run-ended',
      `run ${run} has ended (${state.outcome}); there is nothing to pause; see altsite report ${run}`,
    );
  if (!plan.roles.includes(by))
    throw new RecoveryError('invalid', 'unknown-role', `--by ${by} is not a role of the plan; its roles are ${plan.roles.join(', ')}`);
  if (reason.trim() === '') throw new RecoveryError('invalid', 'no-reason', '--reason is empty; say why, for whoever reads the report');
  if (!(await store.writerOf(run)))
    throw new RecoveryError(
      'invalid',
      'nobody-at-it',
      `no process is carrying out run ${run}: it stands still until altsite resume ${run}; see altsite status ${run}`,
    );
  await leavePause(store, run, { by, reason, source: 'altsite pause' }, state.history.entries);
  return {
    exitCode: 0,
    text: `${run} will stand still once the work in hand is finished, by ${by}. Continue with: altsite resume ${run}\n`,
    json: { run, by, reason, next: `altsite resume ${run}` },
  };
};
