import type { Plan, Task } from '../model/plan.js';
import { ranksOf } from '../model/rank.js';
import { readsOf, writesOf } from './call-class.js';
import type { CallClass } from './governor.js';

/** What is asked of a plan over and over, found once: plans do not change. */
export interface PlanIndex {
  readonly byId: ReadonlyMap<string, Task>;
  /** Who goes first, 0 first. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Tasks that need a task, by its id. */
  readonly dependents: ReadonlyMap<string, readonly Task[]>;
  /** Tasks whose inputs refer to the output of a task, by its id. */
  readonly takers: ReadonlyMap<string, readonly string[]>;
  readonly gates: readonly Task[];
  readonly pointsOfNoReturn: ReadonlySet<string>;
  /** What a look at each task calls, by its id; null: nothing. */
  readonly reads: ReadonlyMap<string, CallClass | null>;
  /** What each task calls first to change something, by its id; null: it changes nothing. */
  readonly writes: ReadonlyMap<string, CallClass | null>;
}

const known = new WeakMap<Plan, PlanIndex>();

export const indexOf = (plan: Plan): PlanIndex => {
  const found = known.get(plan) ?? makeIndex(plan);
  known.set(plan, found);
  return found;
};

const makeIndex = ({ tasks, to }: Plan): PlanIndex => {
  const dependents = new Map<string, Task[]>(tasks.map(({ id }) => [id, []]));
  const takers = new Map<string, string[]>();
  for (const task of tasks) {
    for (const need of task.needs) dependents.get(need)?.push(task);
    for (const id of referredTo(task)) takers.set(id, [...(takers.get(id) ?? []), task.id]);
  }
  return {
    byId: new Map(tasks.map((task) => [task.id, task])),
    ranks: ranksOf(tasks),
    dependents,
    takers,
    gates: tasks.filter(({ does }) => does === 'gate'),
    pointsOfNoReturn: new Set(tasks.filter(({ effect }) => effect !== 'reversible').map(({ id }) => id)),
    reads: new Map(tasks.map((task) => [task.id, readsOf(task, to.region)])),
    writes: new Map(tasks.map((task) => [task.id, writesOf(task, to.region)])),
  };
};

const referredTo = (task: Task): ReadonlySet<string> => {
  const given = task.does === 'step' ? task.with : task.does === 'gate' ? task.checks : null;
  return new Set([...JSON.stringify(given).matchAll(/"\$\{([a-z0-9-]+)\./g)].map(([, id = '']) => id));
};

/** Every task that comes after this one, in the plan's order. */
export const everythingAfter = (plan: Plan, id: string): readonly Task[] => {
  const { dependents } = indexOf(plan);
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { id: after } of dependents.get(next) ?? []) if (!found.has(after) && found.add(after)) open.push(after);
  return plan.tasks.filter((task) => found.has(task.id));
};
