/** What a person may decide about a run that has stopped. The hold lists it and `altsite decide` accepts it: one rule for both. */
import { decisions, type Decision } from '../model/decision.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { progressOf } from './fold.js';
import { everythingAfter, indexOf } from './plan-index.js';
import { failedTasks, maySkip, pointPassed, standingOf, takersOf, undoOf, unwaivable } from './standing.js';

export interface Choice {
  readonly task: string;
  readonly decision: Decision;
}

/** Every decision that would be accepted now, in the order of the plan. */
export const choicesOf = (plan: Plan, state: RunState, now: Instant): readonly Choice[] => {
  const stopped = stoppedAt(plan, state, now);
  return stopped.flatMap((task) =>
    decisions.map((decision) => ({ task, decision })).filter((choice) => objectionAmong(stopped, plan, state, now, choice) === undefined),
  );
};

/** A choice is the command that makes it. */
export const commandFor = (run: string, { task, decision }: Choice): string =>
  `altsite decide ${run} ${task} ${decision} --by ROLE --reason TEXT${decision === 'waive' ? ' --for DURATION' : ''}`;

/** Why a decision cannot be had now; undefined: it can. */
export const objectionTo = (plan: Plan, state: RunState, now: Instant, choice: Choice): string | undefined =>
  objectionAmong(stoppedAt(plan, state, now), plan, state, now, choice);

const objectionAmong = (
  stopped: readonly string[],
  plan: Plan,
  state: RunState,
  now: Instant,
  { task: id, decision }: Choice,
): string | undefined => {
  const task = indexOf(plan).byId.get(id);
  if (state.outcome !== null) return `run ${state.run} has ended (${state.outcome})`;
  if (state.abandoned) return `run ${state.run} was abandoned already`;
  if (!task) return `the plan of run ${state.run} has no task ${id}`;
  if (stopped.length === 0) return `run ${state.run} is not held; there is nothing to decide`;
  const { is } = progressOf(state, id);
  if (!stopped.includes(id)) return `${id} is ${is}; what stands still is ${stopped.join(', ')}`;
  return ofRun(plan, state, stopped, id, decision) ?? ofTask(plan, state, now, task, decision);
};

/** The tasks that wait for a decision: those that failed, else the one the run is held at. */
const stoppedAt = (plan: Plan, state: RunState, now: Instant): readonly string[] => {
  const undo = undoOf(plan, state);
  if (undo) return undo.failed === null ? [] : [undo.failed];
  const failed = failedTasks(plan, state, now).map(({ id }) => id);
  return failed.length ? failed : state.hold ? [state.hold.task] : [];
};

/** Undo and abandon concern the whole run, and are said of the first task that stands still. */
const ofRun = (plan: Plan, state: RunState, stopped: readonly string[], id: string, decision: Decision): string | undefined => {
  if (decision !== 'undo' && decision !== 'abandon') return undoOf(plan, state) ? 'the run is being undone' : undefined;
  if (id !== stopped[0]) return `${decision} concerns the whole run; decide it at ${stopped[0] ?? 'no task'}`;
  const passed = decision === 'undo' ? pointPassed(plan, state) : undefined;
  return passed && `${passed.task} cannot be undone and was started at ${passed.at}; the point of no return is behind this run`;
};

const ofTask = (plan: Plan, state: RunState, now: Instant, task: Task, decision: Decision): string | undefined => {
  const { is } = progressOf(state, task.id);
  const failed = standingOf(plan, state, task, now) === 'failed';
  switch (decision) {
    case 'undo':
    case 'abandon':
      return undefined;
    case 'retry':
      return failed ? undefined : `${task.id} has not failed; there is nothing to retry`;
    case 'skip':
      return failed || is === 'asked' ? objectionToSkip(plan, task) : `${task.id} is ${is}; there is nothing to skip`;
    case 'waive':
      return failed ? objectionToWaive(state, task) : `${task.id} has not failed; there is nothing to waive`;
  }
};

const objectionToSkip = (plan: Plan, task: Task): string | undefined => {
  if (maySkip(plan, task)) return undefined;
  if (task.does === 'gate')
    return `${task.id} is a gate, and a gate is never skipped; ask it again (retry), or have it waived by the authority`;
  const takers = takersOf(plan, task.id);
  if (takers.length) return `${takers.join(', ')} takes what ${task.id} gives; it cannot be skipped`;
  return `${task.id} (${task.does === 'step' ? task.uses : 'a task for people'}) cannot be skipped`;
};

const objectionToWaive = (state: RunState, task: Task): string | undefined => {
  if (task.does !== 'gate') return `${task.id} is no gate; only a gate is waived`;
  const never = unwaivable(state, task);
  return never.length ? `${never.join(', ')} cannot be waived by anybody; mend what is wrong and retry` : undefined;
};

/** Finished work that rests on a task decided anew: done again, so that a receipt never speaks of an answer that was replaced. */
export const restingOn = (plan: Plan, state: RunState, id: string): readonly string[] =>
  everythingAfter(plan, id)
    .filter(({ does, effect }) => does !== 'ask' && effect === 'reversible')
    .filter((task) => ['verified', 'skipped', 'waived', 'failed'].includes(progressOf(state, task.id).is))
    .map((task) => task.id);
