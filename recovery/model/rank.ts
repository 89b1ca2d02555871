import type { Needing } from './graph.js';

/** A task as far as its rank goes. */
export interface Ranked extends Needing {
  readonly critical: boolean;
  readonly expectedSeconds: number;
}

/** Who goes first where tasks compete, 0 first: what is critical; then what has the longest work still behind it, its own included; then as written. */
export const ranksOf = (tasks: readonly Ranked[]): ReadonlyMap<string, number> => {
  const remaining = remainingSeconds(tasks);
  const sorted = tasks
    .map(({ id, critical }, written) => ({ id, critical, written, seconds: remaining.get(id) ?? 0 }))
    .sort((a, b) => Number(b.critical) - Number(a.critical) || b.seconds - a.seconds || a.written - b.written);
  return new Map(sorted.map(({ id }, rank) => [id, rank]));
};

/** Seconds from each task's start to the end of the longest chain that begins with it. What is in a circle, or needed and not there, counts for nothing. */
const remainingSeconds = (tasks: readonly Ranked[]): ReadonlyMap<string, number> => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const takers = new Map(tasks.map(({ id }) => [id, 0]));
  for (const { needs } of tasks) for (const need of needs) takers.set(need, (takers.get(need) ?? 0) + 1);
  const remaining = new Map(tasks.map(({ id, expectedSeconds }) => [id, expectedSeconds]));
  const last = tasks.filter(({ id }) => takers.get(id) === 0);
  for (let task = last.pop(); task; task = last.pop())
    for (const need of task.needs) {
      const needed = byId.get(need);
      if (!needed) continue;
      remaining.set(need, Math.max(remaining.get(need) ?? 0, (remaining.get(task.id) ?? 0) + needed.expectedSeconds));
      takers.set(need, (takers.get(need) ?? 1) - 1);
      if (takers.get(need) === 0) last.push(needed);
    }
  return remaining;
};
