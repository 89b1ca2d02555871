/**
 * How a task counts for what comes after it: the only place that says what a decision is worth. A journal is believed as to what was
 * decided, not as to whether it was allowed.
 *
 * 1. A skipped task counts as finished only where the plan lets it be skipped. A gate never does.
 * 2. A waived gate counts as finished only by a role with authority, until it expires, and if all that does not hold may be waived.
 * 3. A waiver that expired counts no more while anything is still to begin that cannot be undone and comes after the gate.
 */
import { satisfied } from '../model/satisfied.js';
import { everythingBefore } from '../model/graph.js';
import type { Plan, Task } from '../model/plan.js';
import type { Waiver } from '../model/receipt.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { progressOf } from './fold.js';

export type Standing = 'finished' | 'failed' | 'open';

export const standingOf = (plan: Plan, state: RunState, task: Task, now: Instant): Standing => {
  const { is } = progressOf(state, task.id);
  if (is === 'verified' || is === 'acknowledged') return 'finished';
  if (is === 'failed') return 'failed';
  if (is === 'skipped') return maySkip(plan, task) ? 'finished' : 'failed';
  if (is === 'waived') return objectionToWaiver(plan, state, task, now) === undefined ? 'finished' : 'failed';
  return 'open';
};

/** Tasks that have failed, or whose decision does not count (any more). */
export const failedTasks = (plan: Plan, state: RunState, now: Instant): readonly Task[] =>
  plan.tasks.filter((task) => standingOf(plan, state, task, now) === 'failed');

/** Whether a task may count as finished without its work: the plan says so, it is no gate, and nobody takes what it gives. */
export const maySkip = (plan: Plan, task: Task): boolean => task.does !== 'gate' && task.skippable && takersOf(plan, task.id).length === 0;

/** Tasks whose inputs refer to the output of this one. */
export const takersOf = (plan: Plan, id: string): readonly string[] =>
  plan.tasks
    .filter((task) => JSON.stringify(task.does === 'step' ? task.with : task.does === 'gate' ? task.checks : null).includes(`"\${${id}.`))
    .map((task) => task.id);

/** The claims of a gate that a waiver would have to cover; all of them where nobody got an answer. */
export const brokenChecks = (state: RunState, task: Extract<Task, { does: 'gate' }>): readonly string[] => {
  const { evidence } = progressOf(state, task.id);
  if (evidence.length === 0) return task.checks.map(({ uses }) => uses);
  return [...new Set(evidence.filter((one) => !satisfied([one])).map(({ check }) => check))];
};

/** Claims of a gate that do not hold and that nobody may waive. */
export const unwaivable = (state: RunState, task: Extract<Task, { does: 'gate' }>): readonly string[] => {
  const broken = brokenChecks(state, task);
  return task.checks.filter(({ uses, waivable }) => !waivable && broken.includes(uses)).map(({ uses }) => uses);
};

/** Why a waiver in the journal does not count; undefined: it does. */
export const objectionToWaiver = (plan: Plan, state: RunState, task: Task, now: Instant): string | undefined => {
  const { decided } = progressOf(state, task.id);
  if (task.does !== 'gate') return `${task.id} is no gate`;
  if (!decided || !plan.succession.includes(decided.by)) return `${decided?.by ?? 'nobody'} has no authority to waive`;
  const never = unwaivable(state, task);
  if (never.length) return `${never.join(', ')} cannot be waived`;
  if (decided.expiresAt !== null && decided.expiresAt > now) return undefined;
  return stillMatters(plan, state, task) ? `the waiver by ${decided.by} expired at ${decided.expiresAt ?? 'once'}` : undefined;
};

/** Once everything irreversible behind a gate has begun, its waiver has done what it was given for. */
const stillMatters = (plan: Plan, state: RunState, gate: Task): boolean => {
  const before = everythingBefore(plan.tasks);
  const following = plan.tasks.filter(({ id }) => before.get(id)?.has(gate.id));
  const decisive = following.filter(({ effect }) => effect !== 'reversible');
  return (decisive.length ? decisive : following).some(({ id }) => progressOf(state, id).is === 'waiting');
};

/** The waivers that count now, as a receipt names them. */
export const waiversInForce = (plan: Plan, state: RunState, now: Instant): readonly Waiver[] =>
  plan.tasks.flatMap((task) => {
    const { is, decided } = progressOf(state, task.id);
    if (is !== 'waived' || task.does !== 'gate' || !decided?.expiresAt || decided.expiresAt <= now) return [];
    if (objectionToWaiver(plan, state, task, now) !== undefined) return [];
    const { at, by, reason, expiresAt } = decided;
    return [{ task: task.id, checks: [...brokenChecks(state, task)], by, reason, at, expiresAt }];
  });

/** The decision to undo the run, where it counts: not once something irreversible has begun. */
export const undoOf = (plan: Plan, state: RunState): RunState['undo'] => (pointPassed(plan, state) ? null : state.undo);

/** The first task that cannot be undone and has begun, if any: from it on nothing is undone. */
export const pointPassed = (plan: Plan, state: RunState): { readonly task: string; readonly at: Instant } | undefined =>
  [...state.begun.values()].find(({ task }) => plan.tasks.some(({ id, effect }) => id === task && effect !== 'reversible'));
