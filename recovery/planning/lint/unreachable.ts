import { named } from './kit/named.js';
import { takenBy } from './kit/taken.js';
import type { Finding, Lint } from './lint.js';

/** Tasks that can never start. */
export const unreachable: Lint = {
  name: 'unreachable',
  severity: 'refuses',
  why: 'a task that waits for what is not in the plan, or for what never ends, never starts',
  find: ({ graph, tasks }) => {
    const lacking = tasks.flatMap((task): Finding[] => {
      const lost = task.needs.filter((need) => !graph.byId.has(need));
      const untaken = [...takenBy(task)].filter((id) => !graph.byId.has(id));
      return [
        ...(lost.length
          ? [{ tasks: [task.id], message: `${task.id} needs ${named(lost)}, which is not in the plan; add it, or remove this need` }]
          : []),
        ...(untaken.length
          ? [
              {
                tasks: [task.id],
                message: `${task.id} takes the output of ${named(untaken)}, which is not in the plan; add it, or give the value itself`,
              },
            ]
          : []),
      ];
    });
    // Those of a circle are told of by `cycle`; here only who waits for them, and for those above.
    const blocked = new Set([...graph.knots.flat(), ...lacking.flatMap((finding) => finding.tasks)]);
    const inPlace = new Set(graph.order.map(({ id }) => id));
    const told = new Set(blocked);
    for (const { id } of graph.order) if (graph.needsOf(id).some((need) => blocked.has(need))) blocked.add(id);
    const behind = tasks.filter(({ id }) => !told.has(id) && (blocked.has(id) || !inPlace.has(id))).map(({ id }) => id);
    if (behind.length === 0) return lacking;
    const message = `${named(behind)} can never start: what ${behind.length === 1 ? 'it comes' : 'they come'} after never ends; mend that first`;
    return [...lacking, { tasks: behind, message }];
  },
};
