/** One move's effect, and the entry it makes of it. Nothing here waits, loops or writes the journal. */
import { satisfied } from '../model/satisfied.js';
import type { Happening } from '../model/journal-entry.js';
import type { Plan, Task } from '../model/plan.js';
import { receiptSchema } from '../model/receipt.js';
import { RecoveryError, recordedError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';
import type { StepContext } from '../kit/define-step.js';
import { progressOf } from './fold.js';
import { contextOf, stepOf, type Reach, type Registries } from './step-context.js';

export interface Performed {
  /** Null: still on its way, or a transient failure; look again. */
  readonly entry: Happening | null;
  /** For the person watching. */
  readonly progress: string;
  /** AWS asked not to be asked again before that. */
  readonly notBeforeSeconds?: number;
}

/**
 * AWS's reads may lag behind what was just written, without a stated bound; work that is done is asked about again for so long before a no
 * is believed. An assumption; a gate has the patience of its checks instead.
 */
const showsWithinSeconds = 120;

/** Starts, polls or verifies one task at `at`. Never throws but for a bug in a step. */
export const perform = async (
  verb: 'start' | 'poll' | 'verify',
  task: Task,
  attempt: number,
  plan: Plan,
  state: RunState,
  at: Instant,
  registries: Registries,
  reach: Reach,
): Promise<Performed> => {
  const ctx = contextOf(plan, state, task, attempt, at, reach);
  const failed = (error: unknown): Performed => ({
    entry: { kind: 'failed', task: task.id, attempt, error: recordedError(error), evidence: [] },
    progress: error instanceof Error ? error.message : String(error),
  });
  try {
    const { step, input } = stepOf(task, registries, ctx);
    const { handle, output, doneAt } = progressOf(state, task.id);
    if (verb === 'start')
      return { entry: { kind: 'accepted', task: task.id, attempt, handle: (await step.start(input, ctx)) ?? null }, progress: 'accepted' };
    if (verb === 'poll') {
      const looked = await step.poll(handle, input, ctx);
      if (looked.is === 'done') return { entry: { kind: 'done', task: task.id, attempt, output: looked.output ?? null }, progress: 'done' };
      return overdue(task, ctx) ?? { entry: null, progress: looked.progress };
    }
    const evidence = await step.verify(output, input, ctx);
    if (satisfied(evidence)) return { entry: { kind: 'verified', task: task.id, attempt, evidence }, progress: 'verified' };
    const broken = evidence.filter(({ holds }) => holds !== true && holds !== 'does-not-apply');
    const message = broken.map(({ claim, holds, observed }) => `${claim}: ${holds === false ? 'no' : 'unknown'}, ${observed}`).join('; ');
    if (task.does === 'step' && secondsBetween(doneAt ?? at, at) < showsWithinSeconds)
      return { entry: null, progress: `does not show yet: ${message}` };
    const error = recordedError(new RecoveryError('unverified', 'unverified', message));
    return { entry: { kind: 'failed', task: task.id, attempt, error, evidence }, progress: message };
  } catch (error) {
    if (error instanceof RecoveryError && (error.kind === 'fenced' || error.kind === 'bug')) throw error;
    if (!(error instanceof RecoveryError))
      throw new RecoveryError('bug', 'step-threw', `${task.id} threw while asked to ${verb}`, { cause: error });
    if (error.kind !== 'transient') return failed(error);
    return (
      overdue(task, ctx, error) ?? { entry: null, progress: `looking again: ${error.message}`, notBeforeSeconds: error.retryAfterSeconds }
    );
  }
};

/** Since when a task is waited for, as of a moment. */
export type Spent = Pick<StepContext, 'attempt' | 'awaitedSince' | 'at'>;

/** What a verb that did not come back comes to. */
export const unanswered = (task: Task, spent: Spent, progress: string): Performed =>
  overdue(task, spent, new RecoveryError('transient', 'no-answer', progress)) ?? { entry: null, progress };

const overdue = (task: Task, ctx: Spent, cause?: unknown): Performed | undefined => {
  const spent = secondsBetween(ctx.awaitedSince, ctx.at);
  if (spent <= task.limitSeconds) return undefined;
  const last = cause instanceof Error ? `; last look: ${cause.message}` : '';
  const message = `${task.id} was awaited for ${Math.round(spent)} s; its limit is ${task.limitSeconds} s${last}`;
  const error = new RecoveryError('timed-out', 'timed-out', message, { cause });
  return {
    entry: { kind: 'failed', task: task.id, attempt: ctx.attempt, error: recordedError(error), evidence: [] },
    progress: error.message,
  };
};

/** A receipt in a step's output becomes the run's receipt. */
export const receiptIn = (output: unknown): Happening | undefined => {
  const found = receiptSchema.safeParse((output as { receipt?: unknown } | null)?.receipt);
  return found.success ? { kind: 'receipted', receipt: found.data } : undefined;
};
