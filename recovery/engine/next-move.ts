/**
 * What to do next: a pure function of plan, state, time and of when each task was last looked at.
 *
 * 1. A task starts when everything it needs is finished and nothing it needs has failed.
 * 2. The first task that cannot be undone starts only after authority was given, and never while any task has failed.
 * 3. Failure elsewhere does not stop work that does not depend on it; when nothing else can move, the run holds.
 * 4. A finished plan ends; an abandoned one ends without another effect.
 */
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { later, type Instant } from '../model/time.js';
import { progressOf } from './fold.js';

export type Move =
  | { readonly is: 'start'; readonly task: Task; readonly attempt: number; readonly again: boolean }
  | { readonly is: 'poll' | 'verify'; readonly task: Task; readonly attempt: number }
  | { readonly is: 'ask'; readonly task: Task }
  | { readonly is: 'authorise'; readonly task: Task }
  | { readonly is: 'sleep'; readonly until: Instant }
  | { readonly is: 'hold'; readonly task: string; readonly reason: string; readonly choices: readonly string[] }
  | { readonly is: 'end'; readonly outcome: 'recovered' | 'abandoned' };

export interface Looks {
  /** When to look at this task next; absent: now. */
  readonly nextLook: ReadonlyMap<string, Instant>;
  /** Authority was asked in vain until then. */
  readonly authorityRefused: boolean;
}

const finished = (state: RunState, task: string): boolean => ['verified', 'acknowledged'].includes(progressOf(state, task).is);

/** People are looked for at this pace while the run waits for them. */
export const peoplePaceSeconds = 5;

export const nextMove = (plan: Plan, state: RunState, looks: Looks, now: Instant): Move => {
  if (state.abandoned) return { is: 'end', outcome: 'abandoned' };
  if (plan.tasks.every(({ id }) => finished(state, id))) return { is: 'end', outcome: 'recovered' };

  const failed = plan.tasks.filter(({ id }) => progressOf(state, id).is === 'failed');
  const due = (id: string): boolean => (looks.nextLook.get(id) ?? '') <= now;
  let needsAuthority: Task | undefined;
  for (const task of plan.tasks) {
    const { is, attempt } = progressOf(state, task.id);
    if (is === 'done' && due(task.id)) return { is: 'verify', task, attempt };
    if (is === 'started' && due(task.id)) return { is: 'start', task, attempt, again: true };
    if (is === 'accepted' && due(task.id)) return { is: 'poll', task, attempt };
    if (is !== 'waiting' || !task.needs.every((need) => finished(state, need))) continue;
    if (task.does === 'ask') return { is: 'ask', task };
    if (task.effect === 'reversible') return { is: 'start', task, attempt: attempt + 1, again: false };
    if (failed.length) continue;
    if (state.authorised) return { is: 'start', task, attempt: attempt + 1, again: false };
    needsAuthority ??= task;
  }
  if (needsAuthority && !looks.authorityRefused) return { is: 'authorise', task: needsAuthority };

  const underway = plan.tasks.filter(({ id }) => ['started', 'accepted', 'done'].includes(progressOf(state, id).is));
  const asked = plan.tasks.filter((task) => progressOf(state, task.id).is === 'asked' && now < givesUpAt(state, task));
  const wakes = [...underway.map(({ id }) => looks.nextLook.get(id) ?? now), ...asked.map(() => later(now, peoplePaceSeconds))].sort();
  const [until] = wakes;
  if (until !== undefined) return { is: 'sleep', until };
  return holdFor(plan, state, failed, needsAuthority);
};

const givesUpAt = (state: RunState, task: Task): Instant => later(progressOf(state, task.id).startedAt ?? '', task.limitSeconds);

/** A choice is the command that makes it. */
const decide = (state: RunState, task: string, decision: 'retry' | 'abandon'): string =>
  `altsite decide ${state.run} ${task} ${decision} --by ROLE --reason TEXT`;

const holdFor = (plan: Plan, state: RunState, failed: readonly Task[], needsAuthority: Task | undefined): Move => {
  const [first] = failed;
  if (first) {
    const error = progressOf(state, first.id).error;
    const others =
      failed.length > 1
        ? ` (and ${failed.length - 1} more: ${failed
            .slice(1)
            .map(({ id }) => id)
            .join(', ')})`
        : '';
    return {
      is: 'hold',
      task: first.id,
      reason: `${error?.message ?? 'failed'}${others}`,
      choices: [decide(state, first.id, 'retry'), decide(state, first.id, 'abandon')],
    };
  }
  if (needsAuthority)
    return {
      is: 'hold',
      task: needsAuthority.id,
      reason: `${needsAuthority.title} cannot be undone, and nobody with authority (${plan.succession.join(', ')}) has authorised it`,
      choices: [`altsite resume ${state.run} --authority ROLE --reason TEXT`, decide(state, needsAuthority.id, 'abandon')],
    };
  const asked = plan.tasks.find(({ id }) => progressOf(state, id).is === 'asked');
  return {
    is: 'hold',
    task: asked?.id ?? 'none',
    reason: asked?.does === 'ask' ? `${asked.owner} has not acknowledged: ${asked.request}` : 'nothing can move',
    choices: asked ? [`altsite ack ${state.run} ${asked.id}`, decide(state, asked.id, 'abandon')] : [],
  };
};
