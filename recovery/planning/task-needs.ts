import type { Runbook } from './schemas.js';

/** What each task needs: its own needs, and every last task of the procedures its procedure needs. */
export const taskNeeds = (runbook: Runbook): ReadonlyMap<string, readonly string[]> => {
  const lastOf = new Map(
    runbook.procedures.map(({ id, tasks }) => [
      id,
      tasks.map((task) => task.id).filter((task) => !tasks.some(({ needs }) => needs.includes(task))),
    ]),
  );
  return new Map(
    runbook.procedures.flatMap((procedure) =>
      procedure.tasks.map(
        (task) => [task.id, [...new Set([...task.needs, ...procedure.needs.flatMap((need) => lastOf.get(need) ?? [])])]] as const,
      ),
    ),
  );
};
