import { leaveInInbox } from '../adapters/inbox-people.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Console, Ended } from './command.js';
import { readRun } from './read-run.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';

export interface AckOptions extends StoreOptions {
  readonly by?: string;
  readonly note: string;
}

/** Leaves the answer where the process that carries out the run finds it. */
export const ack = async (console: Console, run: string, id: string, options: AckOptions): Promise<Ended> => {
  const store = await storeOf(console, options);
  const { plan, state } = await readRun(store, run);
  const task = plan.tasks.find((one) => one.id === id);
  const waiting = plan.tasks.filter(({ does }) => does === 'ask').map((one) => one.id);
  if (task?.does !== 'ask')
    throw new RecoveryError(
      'invalid',
      'not-for-people',
      `${id} waits for nobody; tasks people acknowledge: ${waiting.join(', ') || 'none'}`,
    );
  if (state.tasks.get(id)?.is === 'acknowledged')
    return { exitCode: 0, text: `${id} is acknowledged already\n`, json: { run, task: id, state: 'acknowledged' } };
  if (state.outcome)
    throw new RecoveryError(
      'invalid',
      'run-ended',
      `run ${run} has ended (${state.outcome}); nobody waits for ${id} any more; see altsite report ${run}`,
    );
  const by = options.by ?? task.owner;
  if (by !== task.owner && !plan.succession.includes(by))
    throw new RecoveryError(
      'invalid',
      'not-the-owner',
      `--by ${by} may not acknowledge ${id}; that is for ${[...new Set([task.owner, ...plan.succession])].join(', ')}`,
    );
  await leaveInInbox(store, run, { task: id, by, note: options.note, source: 'altsite ack' });
  const next = state.hold ? `Continue with: altsite resume ${run}` : 'The run takes it up by itself.';
  return { exitCode: 0, text: `${id} acknowledged by ${by}. ${next}\n`, json: { run, task: id, state: 'acknowledged', by } };
};
