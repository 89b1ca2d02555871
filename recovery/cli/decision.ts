import { choicesOf, objectionTo, restingOn } from '../engine/choices.js';
import { decisions, type Decision } from '../model/decision.js';
import type { Happening } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import { instant, later, type Instant } from '../model/time.js';
import { durationSeconds } from '../planning/duration.js';

/** What a person said on the command line. */
export interface Said {
  readonly task: string;
  readonly decision: string;
  readonly by: string;
  readonly reason: string;
  /** When a waiver ends: a moment, or for how long. */
  readonly expires?: string;
  readonly for?: string;
}

/** The journal's entry for what a person decided. @throws RecoveryError `invalid` for what cannot be decided now, saying what can. */
export const decisionOf = (plan: Plan, state: RunState, said: Said, now: Instant): Extract<Happening, { kind: 'decided' }> => {
  const { task, by, reason } = said;
  const decision = decisions.find((one) => one === said.decision);
  const refuse = (code: string, why: string): never => {
    throw new RecoveryError('invalid', code, `${why}; ${whatCanBe(plan, state, now)}`);
  };
  if (!decision) return refuse('unknown-decision', `${said.decision} is not a decision; the decisions are ${decisions.join(', ')}`);
  const objection = objectionTo(plan, state, now, { task, decision });
  if (objection !== undefined) return refuse(codeFor(plan, state, now, task), objection);
  refuseRole(plan, by, decision);
  const expiresAt = expiryOf(said, decision, now);
  if (reason.trim() === '') return refuse('no-reason', '--reason is empty; say why, for whoever reads the report');
  const again = decision === 'retry' || decision === 'waive' ? restingOn(plan, state, task) : [];
  return { kind: 'decided', task, decision, by, reason, ...(expiresAt ? { expiresAt } : {}), ...(again.length ? { again } : {}) };
};

const codeFor = (plan: Plan, state: RunState, now: Instant, task: string): string => {
  if (!plan.tasks.some(({ id }) => id === task)) return 'unknown-task';
  return choicesOf(plan, state, now).length ? 'not-to-be-decided' : 'not-held';
};

/** `what can be decided now: smoke-tests retry, undo or abandon; test-logging retry or waive` */
export const whatCanBe = (plan: Plan, state: RunState, now: Instant): string => {
  const choices = choicesOf(plan, state, now);
  const each = [...new Set(choices.map(({ task }) => task))].map((id) => {
    const may = choices.filter(({ task }) => task === id).map(({ decision }) => decision);
    return `${id} ${may.join(', ')}`;
  });
  return each.length ? `what can be decided now: ${each.join('; ')}` : 'nothing can be decided now';
};

const refuseRole = ({ roles, succession }: Plan, by: string, decision: Decision): void => {
  if (!roles.includes(by))
    throw new RecoveryError('invalid', 'unknown-role', `--by ${by} is not a role of the plan; its roles are ${roles.join(', ')}`);
  if (decision === 'waive' && !succession.includes(by))
    throw new RecoveryError('invalid', 'no-authority', `--by ${by} may not waive a gate; that is for ${succession.join(', ')}`);
};

const expiryOf = (said: Said, decision: Decision, now: Instant): Instant | undefined => {
  const given = said.expires ?? said.for;
  if (decision !== 'waive') {
    if (given === undefined) return undefined;
    throw new RecoveryError('invalid', 'expiry-of-nothing', `only a waiver expires; leave out --expires and --for with ${decision}`);
  }
  if (given === undefined || (said.expires !== undefined && said.for !== undefined))
    throw new RecoveryError('invalid', 'no-expiry', 'a waiver ends: say when with either --expires INSTANT or --for DURATION (PT4H)');
  const at = said.expires === undefined ? later(now, durationSeconds(given)) : momentOf(given, now);
  if (at > now) return at;
  throw new RecoveryError('invalid', 'expired', `a waiver until ${at} would be over already; name a moment after ${now}`);
};

const momentOf = (text: string, now: Instant): Instant => {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw new RecoveryError('invalid', 'invalid-instant', `--expires ${text} is not a moment; write it as ${now}`);
  return instant(parsed);
};
