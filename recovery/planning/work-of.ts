import { askedByDefault, gate, type Check } from '../kit/define-check.js';
import type { Step } from '../kit/define-step.js';
import type { PlannedCheck, Task } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { durationSeconds } from './duration.js';
import type { RunbookTask } from './schemas.js';

/** Every kind of work there is; arrives as an argument, so that planning knows no step by name. */
export interface Work {
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
}

/** What a task does, as what it uses declares it. @throws RecoveryError `invalid` for what no registry knows. */
export const workOf = (task: RunbookTask, work: Work) => {
  if ('ask' in task) {
    const within = durationSeconds(task.ask.within);
    return {
      does: 'ask',
      owner: task.ask.owner,
      request: task.ask.request,
      writes: [],
      part: null,
      asks: [],
      effect: 'reversible',
      iam: [],
      undo: 'nothing-to-undo',
      skippable: true,
      expectedSeconds: within,
      limitSeconds: within,
    } as const;
  }
  if ('uses' in task)
    return { does: 'step', uses: task.uses, with: task.with, ...describe(known(work.steps, task.uses), task.with) } as const;
  const asked = task.checks.map(({ uses, with: input }) => ({ check: known(work.checks, uses), with: input }));
  const checks = asked.map(({ check: { uses, waivable, patienceSeconds }, with: input }): PlannedCheck => ({
    uses,
    with: input,
    waivable,
    patienceSeconds,
  }));
  return { does: 'gate', checks, ...describe(gate(asked), {}) } as const;
};

type Described = Pick<Task, 'writes' | 'part' | 'asks' | 'effect' | 'iam' | 'undo' | 'skippable' | 'expectedSeconds' | 'limitSeconds'>;
const describe = (step: Step, given: Readonly<Record<string, unknown>>): Described => ({
  writes: step.writes?.(given) ?? [],
  part: step.part ?? null,
  asks: step.asks ?? askedByDefault,
  effect: step.effect,
  iam: [...new Set(step.iam)],
  undo: typeof step.undo === 'function' ? 'undoes' : step.undo,
  skippable: step.skippable,
  expectedSeconds: step.expectedSeconds,
  limitSeconds: step.limitSeconds,
});

/** @throws RecoveryError `invalid` for what no registry knows. */
export const stepNamed = (work: Work, uses: string): Step => known(work.steps, uses);

const known = <T extends { uses: string }>(list: readonly T[], uses: string): T => {
  const found = list.find((one) => one.uses === uses);
  if (!found)
    throw new RecoveryError('invalid', 'unknown-step', `${uses} does not exist; known: ${list.map((one) => one.uses).join(', ')}`);
  return found;
};
