import type { Plan, Task } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import { laterOf, type Instant } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import type { Network } from '../ports/network.js';
import type { Check } from '../kit/define-check.js';
import { gate } from '../kit/define-check.js';
import type { Step, StepContext } from '../kit/define-step.js';
import { progressOf } from './fold.js';
import { indexOf } from './plan-index.js';
import { resolveReferences } from './resolve-references.js';
import type { LookAt } from './shared-looks.js';
import { waiversInForce } from './standing.js';

export interface Registries {
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
}
/** What a run may speak to. */
export interface World {
  readonly aws: Aws;
  readonly network: Network;
}
/** The same for one move. */
export interface Reach extends World {
  readonly look: LookAt;
  /** When this process took the run up. */
  readonly takenUpAt: Instant;
}

/** The step behind a task, a registered one or a gate made of registered checks, with its inputs as they are now. */
export const stepOf = (task: Task, registries: Registries, ctx: StepContext): { step: Step; input: unknown } => {
  const given = task.does === 'step' ? task.with : task.does === 'gate' ? task.checks.map((check) => check.with) : undefined;
  const input = resolveReferences(given, ctx);
  const find = <T extends { uses: string }>(list: readonly T[], uses: string): T => {
    const found = list.find((one) => one.uses === uses);
    if (!found) throw new RecoveryError('bug', 'unknown-step', `the plan uses ${uses}, which this version does not have`);
    return found;
  };
  if (task.does === 'step') {
    const step = find(registries.steps, task.uses);
    return { step, input: parsed(step.input, input, task) };
  }
  if (task.does === 'ask') throw new RecoveryError('bug', 'not-a-step', `${task.id} is for people`);
  const asked = task.checks.map(({ uses }, at) => {
    const check = find(registries.checks, uses);
    return { check, with: parsed(check.input, (input as unknown[])[at], task) };
  });
  return { step: gate(asked), input: undefined };
};

const parsed = (schema: Step['input'], input: unknown, task: Task): unknown => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new RecoveryError('invalid', 'invalid-input', `${task.id} was given ${JSON.stringify(input)}: ${result.error.message}`);
};

/** Since when a process that took the run up at `takenUpAt` has been waiting for a task. */
export const awaitedSince = (state: RunState, task: string, takenUpAt: Instant): Instant => {
  const { startedAt, acceptedAt } = progressOf(state, task);
  return laterOf(takenUpAt, acceptedAt ?? startedAt ?? takenUpAt);
};

/** What a verb of this attempt may look at, at `at`. */
export const contextOf = (plan: Plan, state: RunState, task: Task, attempt: number, at: Instant, reach: Reach): StepContext => ({
  run: state.run,
  task: task.id,
  attempt,
  token: `${state.run}/${task.id}/${attempt}`,
  at,
  startedAt: progressOf(state, task.id).startedAt ?? at,
  awaitedSince: awaitedSince(state, task.id, reach.takenUpAt),
  from: plan.from,
  to: plan.to,
  targets: plan.targets,
  aws: reach.aws,
  network: reach.network,
  look: reach.look,
  receipt: state.receipt,
  outputOf: (id) => {
    const found = progressOf(state, id);
    // Undone is what was done: its output still says what.
    if (found.is === 'verified' || found.is === 'acknowledged' || (state.undo && found.output !== null)) return found.output;
    throw new RecoveryError('invalid', 'no-output', `${task.id} asks for the output of ${id}, which is ${found.is}`);
  },
  get gates() {
    return indexOf(plan).gates.flatMap(({ id }) => progressOf(state, id).evidence);
  },
  get waivers() {
    return waiversInForce(plan, state, at);
  },
});
