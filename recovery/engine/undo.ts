import { RecoveryError, recordedError } from '../model/recovery-error.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';
import type { Performed, Spent } from './perform.js';
import { contextOf, stepOf, type Reach, type Registries } from './step-context.js';

/** Asks a step to take back what one attempt did. Never throws but for a bug in a step; a failure holds the run. */
export const undo = async (
  task: Task,
  attempt: number,
  plan: Plan,
  state: RunState,
  at: Instant,
  registries: Registries,
  reach: Reach,
): Promise<Performed> => {
  const begun = state.begun.get(`${task.id}/${attempt}`);
  const ctx = contextOf(plan, state, task, attempt, at, reach);
  try {
    const { step, input } = stepOf(task, registries, ctx);
    if (typeof step.undo !== 'function')
      throw new RecoveryError('bug', 'no-undo', `${step.uses} has no undo, though plan ${state.planHash} says so`);
    const looked = await step.undo(begun?.handle ?? null, input, ctx);
    if (looked.is === 'pending') return undoNotOver(task, ctx, `undoing: ${looked.progress}`);
    return { entry: { kind: 'undone', task: task.id, attempt, left: looked.output.left }, progress: 'undone' };
  } catch (error) {
    if (!(error instanceof RecoveryError))
      throw new RecoveryError('bug', 'step-threw', `${task.id} threw while asked to undo`, { cause: error });
    if (error.kind === 'fenced' || error.kind === 'bug') throw error;
    return error.kind === 'transient'
      ? { ...undoNotOver(task, ctx, `undoing again: ${error.message}`, error), notBeforeSeconds: error.retryAfterSeconds }
      : failed(task, attempt, error);
  }
};

/** What an undoing that is not over comes to: it has as much time as the task's work. */
export const undoNotOver = (task: Task, { attempt, awaitedSince, at }: Spent, progress: string, cause?: unknown): Performed => {
  const spent = secondsBetween(awaitedSince, at);
  if (spent <= task.limitSeconds) return { entry: null, progress };
  const message = `undoing ${task.id} was awaited for ${Math.round(spent)} s; its limit is ${task.limitSeconds} s (${progress})`;
  return failed(task, attempt, new RecoveryError('timed-out', 'timed-out', message, { cause }));
};

const failed = (task: Task, attempt: number, error: RecoveryError): Performed => ({
  entry: { kind: 'undo-failed', task: task.id, attempt, error: recordedError(error) },
  progress: error.message,
});
