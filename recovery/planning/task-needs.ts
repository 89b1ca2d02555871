import type { Runbook } from './schemas.js';

type Need = Runbook['procedures'][number]['needs'][number] | Runbook['procedures'][number]['tasks'][number]['needs'][number];

/** The id of a need, whether or not its reason stands beside it. */
export const needed = (need: Need): string => (typeof need === 'string' ? need : 'task' in need ? need.task : need.procedure);

/** What each task needs: its own needs, and every last task of the procedures its procedure needs. */
export const taskNeeds = (runbook: Runbook): ReadonlyMap<string, readonly string[]> => {
  const lastOf = lastTasks(runbook);
  return new Map(
    runbook.procedures.flatMap((procedure) => {
      const ofAll = procedure.needs.flatMap((need) => lastOf.get(needed(need)) ?? []);
      return procedure.tasks.map(({ id, needs }) => [id, [...new Set([...needs.map(needed), ...ofAll])]] as const);
    }),
  );
};

/** The tasks of each procedure that no other of its tasks needs. */
export const lastTasks = (runbook: Runbook): ReadonlyMap<string, readonly string[]> =>
  new Map(
    runbook.procedures.map(({ id, tasks }) => {
      const followed = new Set(tasks.flatMap(({ needs }) => needs.map(needed)));
      return [id, tasks.map((task) => task.id).filter((task) => !followed.has(task))];
    }),
  );
