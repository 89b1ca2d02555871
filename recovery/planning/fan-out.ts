import type { PlanDocuments } from './load-plan.js';
import type { Procedure, RunbookTask, System } from './schemas.js';
import { idFor, systemTask } from './system-task.js';

/** A task as a runbook has it, once for all or once for each system. */
export interface PlannedTask {
  readonly id: string;
  readonly task: RunbookTask;
  readonly procedure: Procedure;
  readonly phase: string;
  readonly system: System | null;
  readonly needs: readonly string[];
  /** Why it needs what nothing else shows that it needs, by need, as far as the runbook says. */
  readonly because: Readonly<Record<string, string>>;
}

/** Every task as often as it is done, with all that it needs: a system's task needs that of its own system, what is done for all needs every system's. */
export const plannedTasks = ({ phases, contingencyPlan: { systems } }: PlanDocuments): readonly PlannedTask[] => {
  const planned: PlannedTask[] = [];
  const followed = new Set<string>();
  const lastOf = new Map<string, Target[]>();
  const fannedOut = new Set(
    phases.flatMap(({ runbook }) => runbook.procedures.flatMap((one) => (one.for ? one.tasks.map(({ id }) => id) : []))),
  );
  for (const { barrier, runbook } of phases) {
    // What is needed already has something behind it: a barrier has to wait for the ends alone.
    const ends = barrier ? planned.map(({ id }) => id).filter((id) => !followed.has(id)) : [];
    const own = new Set(runbook.procedures.map(({ id }) => id));
    for (const procedure of runbook.procedures) lastOf.set(procedure.id, lastTasks(procedure, systems));
    for (const procedure of runbook.procedures) {
      const earlier = procedure.needs.flatMap((need) =>
        (lastOf.get(needed(need)) ?? []).map((target) => ({ target, why: reasonOf(need) })),
      );
      const waits = procedure.needs.some((need) => own.has(needed(need))) ? [] : ends;
      const siblings = targetsOf(procedure.tasks, procedure, systems);
      for (const task of procedure.tasks)
        for (const system of procedure.for ? systems : [null]) {
          // What needs a task of its procedure comes after all that its procedure needs by that.
          const before = task.needs.length
            ? task.needs.flatMap((need) => ({ target: siblings.get(needed(need)) ?? nowhere, why: reasonOf(need) }))
            : earlier;
          const needs = [...new Set([...before.flatMap(({ target }) => target(system)), ...(task.needs.length ? [] : waits)])];
          const because = Object.fromEntries(
            before.flatMap(({ target, why }) => (why === null ? [] : target(system).map((need) => [need, why] as const))),
          );
          needs.forEach((need) => followed.add(need));
          const id = system ? idFor(task.id, system) : task.id;
          planned.push({
            id,
            task: system ? systemTask(task, system, fannedOut) : task,
            procedure,
            phase: runbook.phase,
            system,
            needs,
            because,
          });
        }
    }
  }
  return planned;
};

/** The planned tasks that a need leads to, by who needs it. */
type Target = (system: System | null) => readonly string[];
const nowhere: Target = () => [];

type Need = Procedure['needs'][number] | RunbookTask['needs'][number];
/** The id of a need, whether or not its reason stands beside it. */
const needed = (need: Need): string => (typeof need === 'string' ? need : 'task' in need ? need.task : need.procedure);
const reasonOf = (need: Need): string | null => (typeof need === 'string' ? null : need.because);

const targetsOf = (tasks: readonly RunbookTask[], procedure: Procedure, systems: readonly System[]): ReadonlyMap<string, Target> =>
  new Map(
    tasks.map(({ id }): [string, Target] => {
      if (!procedure.for) return [id, () => [id]];
      const all = systems.map((system) => idFor(id, system));
      return [id, (system) => (system ? [idFor(id, system)] : all)];
    }),
  );

const lastTasks = (procedure: Procedure, systems: readonly System[]): Target[] => {
  const followed = new Set(procedure.tasks.flatMap(({ needs }) => needs.map(needed)));
  const last = procedure.tasks.filter(({ id }) => !followed.has(id));
  return [...targetsOf(last, procedure, systems).values()];
};
