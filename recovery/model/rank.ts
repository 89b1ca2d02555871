import { topologicalOrder, type Timed } from './graph.js';

/** A task as far as going first goes. */
export interface Ranked extends Timed {
  readonly critical: boolean;
}

/**
 * Who goes first where tasks compete, 0 before all others: what is critical, then what most expected seconds hang on, its own included,
 * then what was written first. A task does not become critical because a critical one waits for it: in the end the cut-over waits for all.
 */
export const ranksOf = (tasks: readonly Ranked[]): ReadonlyMap<string, number> => {
  const after = new Map<string, number>();
  const remaining = new Map<string, number>();
  // What needs a task stands behind it in this order, so it is known when the task's turn comes.
  for (const { id, needs, expectedSeconds } of topologicalOrder(tasks).toReversed()) {
    const seconds = expectedSeconds + (after.get(id) ?? 0);
    remaining.set(id, seconds);
    for (const need of needs) after.set(need, Math.max(after.get(need) ?? 0, seconds));
  }
  const left = ({ id }: Ranked): number => remaining.get(id) ?? 0;
  const first = [...tasks].sort((a, b) => Number(b.critical) - Number(a.critical) || left(b) - left(a));
  return new Map(first.map(({ id }, rank) => [id, rank]));
};
