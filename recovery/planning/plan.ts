import { hashOf } from '../model/canonical.js';
import type { Mode, Plan, Surveyed, Targets, Task, WorldName } from '../model/plan.js';
import type { PlanDocuments } from './load-plan.js';
import { conditionInWords } from './condition.js';
import { durationSeconds } from './duration.js';
import { assumption, durationRecord, usedBy, type DurationRecord } from './duration-record.js';
import { plannedTasks, type PlannedTask } from './fan-out.js';
import { decided } from './left-out.js';
import { stepNamed, workOf, type Work } from './work-of.js';

export type { Work } from './work-of.js';

export interface Planned {
  readonly plan: Plan;
  readonly hash: string;
}

/** A condition that nobody has looked at the sites for. */
export interface Undecided {
  readonly task: string;
  readonly onlyWhere: string;
}
export type Unsurveyed = Omit<Plan, 'targets' | 'survey' | 'quotas'> & { readonly undecided: readonly Undecided[] };

/** What takes as long as its step says: nobody has looked at earlier runs. */
const assumptions = durationRecord([], 'twin');

/** Documents and survey made into a plan with every choice made; pure: the same of both, and of the record, is the same plan. */
export const plan = (
  documents: PlanDocuments,
  surveyed: Surveyed,
  work: Work,
  mode: Mode,
  world: WorldName,
  record: DurationRecord = assumptions,
): Planned => {
  const { done, leftOut } = decided(plannedTasks(documents), surveyed.targets);
  const leaders = leadersIn(documents);
  const made: Plan = {
    ...frameOf(documents, mode, world),
    targets: surveyed.targets,
    survey: surveyed.facts,
    quotas: surveyed.quotas,
    ...(surveyed.assembly ? { assembly: surveyed.assembly } : {}),
    tasks: done
      .map((task) => taskOf(task, leaders, work, record))
      .map((task) => ({ ...task, ...consumptionOf(task, work, surveyed.targets) })),
    leftOut,
  };
  return { plan: made, hash: hashOf(made) };
};

/** As much of a plan as its documents say by themselves; tasks that may be left out are in it. */
export const unsurveyed = (documents: PlanDocuments, work: Work, mode: Mode, world: WorldName, record = assumptions): Unsurveyed => {
  const tasks = plannedTasks(documents);
  const leaders = leadersIn(documents);
  return {
    ...frameOf(documents, mode, world),
    tasks: tasks.map((task) => taskOf(task, leaders, work, record)),
    leftOut: [],
    undecided: tasks.flatMap(({ id, task: { when } }) => (when ? [{ task: id, onlyWhere: conditionInWords(when) }] : [])),
  };
};

const frameOf = ({ settings, contingencyPlan }: PlanDocuments, mode: Mode, world: WorldName) => {
  const site = (role: 'primary' | 'alternate') => {
    const { name, region } = settings.sites[role];
    return { name, region, provider: 'aws' as const, account: settings.account };
  };
  return {
    version: 1 as const,
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
  };
};

/** What a task takes of quotas, where it takes anything. */
const consumptionOf = (task: Task, work: Work, targets: Targets): Pick<Task, 'consumes'> => {
  const consumes = task.does === 'step' ? stepNamed(work, task.uses).consumes?.(task.with, targets) : undefined;
  return consumes ? { consumes } : {};
};

/** The role that leads each team. */
type Leaders = ReadonlyMap<string, string>;
const leadersIn = ({ contingencyPlan }: PlanDocuments): Leaders => new Map(contingencyPlan.teams.map(({ id, leader }) => [id, leader]));

const taskOf = (planned: PlannedTask, leaders: Leaders, work: Work, record: DurationRecord): Task => {
  const { id, task, procedure, phase, system, needs, because } = planned;
  const does = workOf(task, work);
  const used = usedBy(does);
  const duration = used === null ? assumption(does) : record(used, does);
  return {
    id,
    title: task.title,
    team: procedure.team,
    leader: leaders.get(procedure.team) ?? '',
    phase,
    procedure: procedure.id,
    planLine: procedure.planLine,
    needs,
    because,
    system: system?.id ?? null,
    critical: system?.critical ?? true,
    ...does,
    duration,
    expectedSeconds: duration.expectedSeconds,
  };
};
