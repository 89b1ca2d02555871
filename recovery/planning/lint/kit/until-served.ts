import type { Task } from '../../../model/plan.js';
import type { Linted } from '../lint.js';

/** Tasks that customers may have to wait for: all but those behind a gate that every cut-over comes before. */
export const untilServed = ({ graph, tasks }: Pick<Linted, 'graph' | 'tasks'>): readonly Task[] => {
  const cutOvers = tasks.filter(({ part }) => part === 'cut-over');
  if (cutOvers.length === 0) return tasks;
  const proofs = graph.order.filter(({ does, id }) => {
    const isBefore = graph.before([id]);
    return does === 'gate' && cutOvers.every((cutOver) => isBefore(cutOver.id));
  });
  const proven = new Set(proofs.map(({ id }) => id));
  const behind = new Set<string>();
  for (const { id } of graph.order) if (graph.needsOf(id).some((need) => proven.has(need) || behind.has(need))) behind.add(id);
  return tasks.filter(({ id }) => !behind.has(id));
};
