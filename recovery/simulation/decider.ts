import { choicesOf, objectionTo, restingOn, type Choice } from '../engine/choices.js';
import type { Decision } from '../model/decision.js';
import { decisions } from '../model/decision.js';
import type { Happening } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { later, type Instant } from '../model/time.js';
import type { Drawn } from './draws.js';

/** How likely a person is to choose each, of a hundred; what cannot be chosen leaves its share to the others. */
const shares: Readonly<Record<Decision | 'leave', number>> = { retry: 62, waive: 14, skip: 6, undo: 8, abandon: 5, leave: 5 };

/** What a person does about a hold: one of the decisions that would be accepted, or nothing. */
export const chosen = (plan: Plan, state: RunState, now: Instant, draws: Drawn): Choice | undefined => {
  const possible = choicesOf(plan, state, now);
  const weighed = possible.flatMap((choice) => Array.from({ length: shares[choice.decision] }, (): Choice | undefined => choice));
  const all = [...weighed, ...Array.from({ length: shares.leave }, () => undefined)];
  return all[draws.whole(0, all.length - 1)];
};

/** The journal's entry for it. A waiver is the authority's, for half an hour to four hours. */
export const decidedBy = (plan: Plan, state: RunState, now: Instant, { task, decision }: Choice, draws: Drawn): Happening => {
  const again = decision === 'retry' || decision === 'waive' ? restingOn(plan, state, task) : [];
  return {
    kind: 'decided',
    task,
    decision,
    by: plan.succession[0] ?? 'nobody',
    reason: 'simulated',
    ...(decision === 'waive' ? { expiresAt: later(now, draws.whole(1800, 14_400)) } : {}),
    ...(again.length ? { again } : {}),
  };
};

/** What stands against the decisions that a hold offers: nothing, if it offers what can be had. */
export const objectionsTo = (plan: Plan, state: RunState, now: Instant): readonly string[] =>
  (state.hold?.choices ?? []).flatMap((command) => {
    const [, task = '', word = ''] = /^altsite decide \S+ (\S+) (\S+)/.exec(command) ?? [];
    const decision = decisions.find((one) => one === word);
    if (!decision) return /^altsite (ack|resume) /.test(command) ? [] : [`"${command}" is no decision`];
    return objectionTo(plan, state, now, { task, decision }) ?? [];
  });
