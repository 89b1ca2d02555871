/**
 * What to do next: a pure function of plan, state, time and of when each task was last looked at.
 *
 * 1. A task starts when everything it comes after is finished; `standing.ts` says what a skip or a waiver is worth.
 * 2. The first task that cannot be undone starts only after authority was given, and never while any task has failed.
 * 3. Failure elsewhere does not stop work that does not depend on it; when nothing else can move, the run holds.
 * 4. A finished plan ends; an abandoned one ends without another effect.
 * 5. A run being undone starts nothing: it takes back what was begun, newest first, unless something that cannot be undone has begun.
 */
import { everythingBefore } from '../model/graph.js';
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { later, type Instant } from '../model/time.js';
import { choicesOf, commandFor } from './choices.js';
import { progressOf } from './fold.js';
import { failedTasks, objectionToWaiver, standingOf, undoOf } from './standing.js';

export type Move =
  | { readonly is: 'start'; readonly task: Task; readonly attempt: number; readonly again: boolean }
  | { readonly is: 'poll' | 'verify'; readonly task: Task; readonly attempt: number }
  | { readonly is: 'undo'; readonly task: Task; readonly attempt: number; readonly again: boolean }
  | { readonly is: 'ask'; readonly task: Task }
  | { readonly is: 'authorise'; readonly task: Task }
  | { readonly is: 'sleep'; readonly until: Instant }
  | { readonly is: 'hold'; readonly task: string; readonly reason: string; readonly choices: readonly string[] }
  | { readonly is: 'end'; readonly outcome: 'recovered' | 'abandoned' | 'undone' };

export interface Looks {
  /** When to look at this task next; absent: now. */
  readonly nextLook: ReadonlyMap<string, Instant>;
  /** Authority was asked in vain until then. */
  readonly authorityRefused: boolean;
}

/** People are looked for at this pace while the run waits for them. */
export const peoplePaceSeconds = 5;

export const nextMove = (plan: Plan, state: RunState, looks: Looks, now: Instant): Move => {
  if (state.abandoned) return { is: 'end', outcome: 'abandoned' };
  const undo = undoOf(plan, state);
  if (undo) return nextUndo(plan, state, undo.failed, looks, now);
  const standing = new Map(plan.tasks.map((task) => [task.id, standingOf(plan, state, task, now)]));
  const finished = (id: string): boolean => standing.get(id) === 'finished';
  if (plan.tasks.every(({ id }) => finished(id))) return { is: 'end', outcome: 'recovered' };

  const anyFailed = [...standing.values()].includes('failed');
  const before = everythingBefore(plan.tasks);
  const due = (id: string): boolean => (looks.nextLook.get(id) ?? '') <= now;
  let needsAuthority: Task | undefined;
  for (const task of plan.tasks) {
    const { is, attempt } = progressOf(state, task.id);
    if (is === 'done' && due(task.id)) return { is: 'verify', task, attempt };
    if (is === 'started' && due(task.id)) return { is: 'start', task, attempt, again: true };
    if (is === 'accepted' && due(task.id)) return { is: 'poll', task, attempt };
    if (is !== 'waiting' || ![...(before.get(task.id) ?? [])].every(finished)) continue;
    if (task.does === 'ask') return { is: 'ask', task };
    if (task.effect === 'reversible') return { is: 'start', task, attempt: attempt + 1, again: false };
    if (anyFailed) continue;
    if (state.authorised) return { is: 'start', task, attempt: attempt + 1, again: false };
    needsAuthority ??= task;
  }
  if (needsAuthority && !looks.authorityRefused) return { is: 'authorise', task: needsAuthority };

  const underway = plan.tasks.filter(({ id }) => ['started', 'accepted', 'done'].includes(progressOf(state, id).is));
  const asked = plan.tasks.filter((task) => progressOf(state, task.id).is === 'asked' && now < givesUpAt(state, task));
  const wakes = [...underway.map(({ id }) => looks.nextLook.get(id) ?? now), ...asked.map(() => later(now, peoplePaceSeconds))].sort();
  const [until] = wakes;
  return until === undefined ? holdFor(plan, state, now, needsAuthority) : { is: 'sleep', until };
};

const givesUpAt = (state: RunState, task: Task): Instant => later(progressOf(state, task.id).startedAt ?? '', task.limitSeconds);

/** Newest first, one after the other: each step finds the world as it left it. */
const nextUndo = (plan: Plan, state: RunState, failed: string | null, looks: Looks, now: Instant): Move => {
  const undoes = new Map(plan.tasks.filter(({ undo }) => undo === 'undoes').map((task) => [task.id, task]));
  const newest = [...state.begun.values()].findLast(({ task, undone }) => !undone && undoes.has(task));
  const task = newest && undoes.get(newest.task);
  if (!newest || !task) return { is: 'end', outcome: 'undone' };
  if (failed !== null) {
    const { error } = progressOf(state, failed);
    return holdAt(plan, state, now, failed, `${failed} could not be undone: ${error?.message ?? 'no reason given'}`);
  }
  const { is, attempt } = progressOf(state, task.id);
  const again = is === 'undoing' && attempt === newest.attempt;
  const look = looks.nextLook.get(task.id) ?? '';
  if (again && look > now) return { is: 'sleep', until: look };
  return { is: 'undo', task, attempt: newest.attempt, again };
};

const holdAt = (plan: Plan, state: RunState, now: Instant, task: string, reason: string, besides: readonly string[] = []): Move => {
  const held = { ...state, hold: { task, reason, choices: [] } };
  const choices = choicesOf(plan, held, now).map((choice) => commandFor(state.run, choice));
  return { is: 'hold', task, reason, choices: [...besides, ...choices] };
};

const holdFor = (plan: Plan, state: RunState, now: Instant, needsAuthority: Task | undefined): Move => {
  const [first, ...others] = failedTasks(plan, state, now);
  if (first) {
    const why = failureOf(plan, state, first, now);
    const more = others.length ? ` (and ${others.length} more: ${others.map(({ id }) => id).join(', ')})` : '';
    return holdAt(plan, state, now, first.id, `${why}${more}`);
  }
  if (needsAuthority)
    return holdAt(
      plan,
      state,
      now,
      needsAuthority.id,
      `${needsAuthority.title} cannot be undone, and nobody with authority (${plan.succession.join(', ')}) has authorised it`,
      [`altsite resume ${state.run} --authority ROLE --reason TEXT`],
    );
  const asked = plan.tasks.find(({ id }) => progressOf(state, id).is === 'asked');
  if (asked?.does === 'ask')
    return holdAt(plan, state, now, asked.id, `${asked.owner} has not acknowledged: ${asked.request}`, [
      `altsite ack ${state.run} ${asked.id}`,
    ]);
  return { is: 'hold', task: 'none', reason: 'nothing can move', choices: [] };
};

const failureOf = (plan: Plan, state: RunState, task: Task, now: Instant): string => {
  const { is, error } = progressOf(state, task.id);
  const message = error?.message ?? 'failed';
  if (is === 'skipped') return `${task.id} was skipped, and may not be: ${message}`;
  return is === 'waived' ? `${objectionToWaiver(plan, state, task, now) ?? 'not waived'}: ${message}` : message;
};
