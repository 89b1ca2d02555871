import { hashOf } from '../model/canonical.js';
import type { Mode, Plan, Surveyed, Targets, Task, WorldName } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Check } from '../kit/define-check.js';
import { gate } from '../kit/define-check.js';
import type { Step } from '../kit/define-step.js';
import type { PlanDocuments } from './load-plan.js';
import type { RunbookTask } from './schemas.js';
import { durationSeconds } from './duration.js';
import { taskNeeds } from './task-needs.js';

export interface Planned {
  readonly plan: Plan;
  readonly hash: string;
}

/** Every kind of work there is; arrives as an argument, so that planning knows no step by name. */
export interface Work {
  readonly steps: readonly Step[];
  readonly checks: readonly Check[];
}

/** Documents and survey made into a plan with every choice made; pure. */
export const plan = (documents: PlanDocuments, surveyed: Surveyed, work: Work, mode: Mode, world: WorldName): Planned => {
  const { targets, facts: survey, quotas } = surveyed;
  const made = unsurveyed(documents, work, mode, world);
  const tasks = made.tasks.map((task) => ({ ...task, ...consumptionOf(task, work, targets) }));
  const planned: Plan = { ...made, tasks, targets, survey, quotas };
  return { plan: planned, hash: hashOf(planned) };
};

/** As much of a plan as its documents say by themselves. */
export const unsurveyed = (
  documents: PlanDocuments,
  work: Work,
  mode: Mode,
  world: WorldName,
): Omit<Plan, 'targets' | 'survey' | 'quotas'> => {
  const { settings, contingencyPlan, runbook } = documents;
  const needs = taskNeeds(runbook);
  const site = (name: 'primary' | 'alternate') => ({ ...settings.sites[name], provider: 'aws' as const, account: settings.account });
  const tasks = runbook.procedures.flatMap((procedure) =>
    procedure.tasks.map((task): Task => ({
      id: task.id,
      title: task.title,
      team: procedure.team,
      phase: runbook.phase,
      procedure: procedure.id,
      planLine: procedure.planLine,
      needs: needs.get(task.id) ?? [],
      system: null,
      critical: true,
      ...workOf(task, work),
    })),
  );
  return {
    version: 1,
    organisation: settings.organisation,
    title: contingencyPlan.title,
    mode,
    world,
    from: site('primary'),
    to: site('alternate'),
    objective: {
      rtoSeconds: durationSeconds(contingencyPlan.objectives.rto),
      rpoSeconds: durationSeconds(contingencyPlan.objectives.rpo),
      mtdSeconds: durationSeconds(contingencyPlan.objectives.mtd),
    },
    roles: Object.keys(contingencyPlan.roles),
    succession: contingencyPlan.succession,
    tasks,
  };
};

const consumptionOf = (task: Task, work: Work, targets: Targets): Pick<Task, 'consumes'> => {
  const consumes = task.does === 'step' ? known(work.steps, task.uses).consumes?.(task.with, targets) : undefined;
  return consumes ? { consumes } : {};
};

type RunbookGiven = Readonly<Record<string, unknown>>;
type Described = Pick<Task, 'writes' | 'effect' | 'iam' | 'undo' | 'skippable' | 'expectedSeconds' | 'limitSeconds'>;
const describe = ({ effect, iam, undo, skippable, expectedSeconds, limitSeconds, writes }: Step, given: RunbookGiven): Described => ({
  writes: writes?.(given) ?? [],
  effect,
  iam: [...new Set(iam)],
  undo: typeof undo === 'function' ? 'undoes' : undo,
  skippable,
  expectedSeconds,
  limitSeconds,
});

const workOf = (task: RunbookTask, work: Work) => {
  if ('ask' in task) {
    const within = durationSeconds(task.ask.within);
    return {
      does: 'ask',
      owner: task.ask.owner,
      request: task.ask.request,
      writes: [],
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
  const checks = task.checks.map((one) => ({ ...one, waivable: known(work.checks, one.uses).waivable }));
  return { does: 'gate', checks, ...describe(gate(asked), {}) } as const;
};

const known = <T extends { uses: string }>(list: readonly T[], uses: string): T => {
  const found = list.find((one) => one.uses === uses);
  if (!found)
    throw new RecoveryError('invalid', 'unknown-step', `${uses} does not exist; known: ${list.map((one) => one.uses).join(', ')}`);
  return found;
};
