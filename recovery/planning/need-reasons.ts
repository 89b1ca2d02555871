import type { Runbook } from './schemas.js';
import { lastTasks, needed } from './task-needs.js';

/** Why each task needs what nothing else shows that it needs, by need, as far as the runbook says. */
export const needReasons = (runbook: Runbook): ReadonlyMap<string, Readonly<Record<string, string>>> => {
  const lastOf = lastTasks(runbook);
  return new Map(
    runbook.procedures.flatMap((procedure) => {
      const ofAll = procedure.needs.flatMap((need) =>
        typeof need === 'string' ? [] : (lastOf.get(needed(need)) ?? []).map((task) => [task, need.because] as const),
      );
      return procedure.tasks.map(({ id, needs }) => {
        const own = needs.flatMap((need) => (typeof need === 'string' ? [] : [[needed(need), need.because] as const]));
        return [id, Object.fromEntries([...ofAll, ...own])] as const;
      });
    }),
  );
};
