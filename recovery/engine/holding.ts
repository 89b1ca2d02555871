/** Why a run that nothing can move stands still, and what would move it. */
import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { choicesOf, commandFor } from './choices.js';
import { progressOf } from './fold.js';
import { failedTasks, objectionToWaiver } from './standing.js';

export interface Hold {
  readonly task: string;
  readonly reason: string;
  /** Commands that would be accepted now. */
  readonly choices: readonly string[];
}

export const holdAt = (plan: Plan, state: RunState, now: Instant, task: string, reason: string, besides: readonly string[] = []): Hold => {
  const held = { ...state, hold: { task, reason, choices: [] } };
  const choices = choicesOf(plan, held, now).map((choice) => commandFor(state.run, choice));
  return { task, reason, choices: [...besides, ...choices] };
};

export const holdFor = (plan: Plan, state: RunState, now: Instant, needsAuthority: Task | undefined): Hold => {
  const [first, ...others] = failedTasks(plan, state, now);
  if (first) {
    const why = failureOf(plan, state, first, now);
    const more = others.length ? ` (and ${others.length} more: ${others.map(({ id }) => id).join(', ')})` : '';
    return holdAt(plan, state, now, first.id, `${why}${more}`);
  }
  if (needsAuthority)
    return holdAt(plan, state, now, needsAuthority.id, `${needsAuthority.title} cannot be undone, and ${unsaid(plan, state)}`, [
      `altsite resume ${state.run} --authority ROLE --reason TEXT`,
    ]);
  const asked = plan.tasks.find(({ id }) => progressOf(state, id).is === 'asked');
  if (asked?.does === 'ask')
    return holdAt(plan, state, now, asked.id, `${asked.owner} has not acknowledged: ${asked.request}`, [
      `altsite ack ${state.run} ${asked.id}`,
    ]);
  const stuck = plan.tasks.find(({ id }) => progressOf(state, id).is === 'waiting');
  return holdAt(plan, state, now, stuck?.id ?? 'none', `nothing can move: ${stuck?.id ?? 'no task'} needs what never ends`);
};

/** What nobody has said yet that has to be said before anything irreversible. */
const unsaid = ({ succession }: Plan, { activated }: RunState): string =>
  activated
    ? `nobody with authority (${succession.join(', ')}) has authorised it`
    : `the plan is not activated; only a role with authority (${succession.join(', ')}) can do that`;

/** An operator had the run stand still. */
export const holdOfPause = (plan: Plan, state: RunState, now: Instant): Hold => {
  const open = plan.tasks.find(({ id }) => !['verified', 'acknowledged', 'skipped', 'waived'].includes(progressOf(state, id).is));
  const reason = `paused by ${state.paused?.by ?? 'nobody'}: ${state.paused?.reason ?? ''}`;
  return holdAt(plan, state, now, open?.id ?? 'none', reason, [`altsite resume ${state.run}`]);
};

const failureOf = (plan: Plan, state: RunState, task: Task, now: Instant): string => {
  const { is, error } = progressOf(state, task.id);
  const message = error?.message ?? 'failed';
  if (is === 'skipped') return `${task.id} was skipped, and may not be: ${message}`;
  return is === 'waived' ? `${objectionToWaiver(plan, state, task, now) ?? 'not waived'}: ${message}` : message;
};
