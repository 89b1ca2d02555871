import type { LeftOut, Mode, Objective, Plan, SurveyFact, Task, WorldName } from '../model/plan.js';
import type { Site } from '../model/site.js';
import type { TaskDuration } from '../model/task-duration.js';
import { criticalPath, timetable, type Slot } from './critical-path.js';
import { dnsTiers, type DnsTier, type SwitchLook } from './dns-tiers.js';
import { demandsOf, type Demand } from './feasibility.js';
import { graphOrder } from './graph-order.js';
import { nextCommand } from './next-command.js';
import { needsThatCount } from './needs-that-count.js';
import type { Undecided } from './plan.js';
import { lintPlan, type PlanFinding } from './lint-plan.js';

/** A plan as far as its documents make it; `targets` is null where nobody surveyed the sites. */
export type Overviewed = Omit<Plan, 'targets' | 'version'> & {
  readonly targets: Plan['targets'] | null;
  readonly undecided?: readonly Undecided[];
};

export interface TaskLine extends Slot {
  readonly id: string;
  readonly title: string;
  readonly team: string;
  /** The system it is for; null: for all. */
  readonly system: string | null;
  /** Whether it goes first where tasks compete. */
  readonly goesFirst: boolean;
  readonly does: Task['does'];
  readonly needs: readonly string[];
  /** Of what it needs, only what no other need of it comes after anyway. */
  readonly after: readonly string[];
  readonly effect: Task['effect'];
  readonly expectedSeconds: number;
  /** What that rests on. */
  readonly duration: TaskDuration;
  readonly limitSeconds: number;
  /** On the chain that decides when the run ends. */
  readonly critical: boolean;
  readonly skippable: boolean;
}

/** `altsite plan --json` (a contract: add, never rename). */
export interface PlanOverview {
  /** The plan's hash; null where it was made from documents alone, and so cannot be carried out. */
  readonly plan: string | null;
  readonly title: string;
  readonly mode: Mode;
  readonly world: WorldName;
  readonly from: Site;
  readonly to: Site;
  readonly objective: Objective;
  /** From activation to the end of the last task, people who are merely told left out; the RTO counts from the disruption. */
  readonly expected: { readonly seconds: number; readonly objectiveSeconds: number; readonly within: boolean };
  readonly criticalPath: readonly string[];
  readonly pointOfNoReturn: { readonly task: string; readonly startsAfterSeconds: number } | null;
  /** In the order they would start. */
  readonly tasks: readonly TaskLine[];
  /** What was written and is not done, as the sites are. */
  readonly leftOut: readonly LeftOut[];
  /** What may be left out: nobody has looked at the sites. */
  readonly undecided: readonly Undecided[];
  readonly people: {
    readonly authority: readonly string[];
    readonly asks: readonly { readonly task: string; readonly owner: string; readonly request: string; readonly withinSeconds: number }[];
  };
  readonly dns: readonly DnsTier[];
  /** What the lints found; one that refuses keeps the plan from being carried out. */
  readonly lints: readonly PlanFinding[];
  readonly survey: readonly SurveyFact[];
  /** What it takes of the account's quotas; empty where nobody surveyed the sites. */
  readonly quotas: readonly Demand[];
  readonly next: string;
}

/** A plan made into what people ask of it before they start it; pure. */
export const planOverview = (plan: Overviewed, hash: string | null, look: SwitchLook | null): PlanOverview => {
  const { title, mode, world, from, to, objective, survey } = plan;
  const slots = timetable(plan.tasks);
  // Nobody knows how long people take: they count where work waits for them, at their limit.
  const needed = new Set(plan.tasks.flatMap(({ needs }) => needs));
  const path = criticalPath(plan.tasks.filter(({ does, id }) => does !== 'ask' || needed.has(id)));
  const seconds = slots.get(path.at(-1) ?? '')?.endsAfterSeconds ?? 0;
  const counting = needsThatCount(plan.tasks);
  const onPath = new Set(path);
  const tasks = graphOrder(plan.tasks).map((task): TaskLine => {
    const {
      id,
      title: what,
      team,
      system,
      critical: goesFirst,
      does,
      needs,
      effect,
      expectedSeconds,
      duration,
      limitSeconds,
      skippable,
    } = task;
    const slot = slots.get(id) ?? { startsAfterSeconds: 0, endsAfterSeconds: 0 };
    return {
      id,
      title: what,
      team,
      system,
      goesFirst,
      does,
      needs,
      after: counting.get(id) ?? [],
      effect,
      expectedSeconds,
      duration,
      limitSeconds,
      skippable,
      ...slot,
      critical: onPath.has(id),
    };
  });
  const found = lintPlan(plan);
  const first = tasks.find(({ effect }) => effect !== 'reversible');
  return {
    plan: hash,
    title,
    mode,
    world,
    from,
    to,
    objective,
    expected: { seconds, objectiveSeconds: objective.rtoSeconds, within: seconds <= objective.rtoSeconds },
    criticalPath: path,
    pointOfNoReturn: first ? { task: first.id, startsAfterSeconds: first.startsAfterSeconds } : null,
    tasks,
    leftOut: plan.leftOut,
    undecided: plan.undecided ?? [],
    people: {
      authority: plan.succession,
      asks: plan.tasks.flatMap((task) =>
        task.does === 'ask' ? [{ task: task.id, owner: task.owner, request: task.request, withinSeconds: task.limitSeconds }] : [],
      ),
    },
    dns: dnsTiers(plan.targets?.global ?? null, look),
    lints: found,
    survey,
    quotas: demandsOf(plan),
    next: nextCommand(plan, hash, found),
  };
};
