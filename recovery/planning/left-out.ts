import { topologicalOrder } from '../model/graph.js';
import type { LeftOut, Targets } from '../model/plan.js';
import { leftOutBecause } from './condition.js';
import type { PlannedTask } from './fan-out.js';

/** What the condition of each task comes to at these sites: what needed a task that is left out needs what that one needed. */
export const decided = (
  tasks: readonly PlannedTask[],
  targets: Targets,
): { readonly done: readonly PlannedTask[]; readonly leftOut: readonly LeftOut[] } => {
  const because = new Map(
    tasks.flatMap(({ id, task: { when } }) => {
      const why = when ? leftOutBecause(when, targets, id) : null;
      return why === null ? [] : [[id, why] as const];
    }),
  );
  if (because.size === 0) return { done: tasks, leftOut: [] };
  const needsOf = new Map<string, readonly string[]>();
  for (const { id, needs } of topologicalOrder(tasks))
    needsOf.set(id, needs.some((need) => because.has(need)) ? passedOn(needs, needsOf, because) : needs);
  return {
    done: tasks.filter(({ id }) => !because.has(id)).map((task) => ({ ...task, needs: needsOf.get(task.id) ?? [] })),
    leftOut: tasks.flatMap(({ id, task }) => {
      const why = because.get(id);
      return why === undefined ? [] : [{ task: id, does: 'ask' in task ? 'ask' : 'uses' in task ? 'step' : 'gate', because: why }];
    }),
  };
};

const passedOn = (
  needs: readonly string[],
  needsOf: ReadonlyMap<string, readonly string[]>,
  leftOut: ReadonlyMap<string, string>,
): readonly string[] => [...new Set(needs.flatMap((need) => (leftOut.has(need) ? (needsOf.get(need) ?? []) : [need])))];
