import type { Task } from '../../model/plan.js';
import { inWords } from '../../model/time.js';
import { named } from './kit/named.js';
import type { Lint } from './lint.js';

/** Limits that let a run take longer than was promised without a single task failing. */
export const limitsBeyondRto: Lint = {
  name: 'limits-beyond-rto',
  severity: 'warns',
  why: 'where limits sum beyond the recovery time objective, it is missed before anything is said to have failed',
  find: ({ graph, tasks, objective: { rtoSeconds } }) => {
    const needed = new Set(tasks.flatMap(({ needs }) => needs));
    const ends = new Map<string, number>();
    const latestNeed = new Map<string, string>();
    let last: Task | undefined;
    for (const task of graph.order) {
      // People who are merely told hold nobody up.
      if (task.does === 'ask' && !needed.has(task.id)) continue;
      let start = 0;
      for (const need of graph.needsOf(task.id))
        if ((ends.get(need) ?? 0) > start) {
          start = ends.get(need) ?? 0;
          latestNeed.set(task.id, need);
        }
      // What has no limit at all is told of by `unlimited-wait`.
      ends.set(task.id, start + (Number.isFinite(task.limitSeconds) ? task.limitSeconds : 0));
      if (last === undefined || (ends.get(task.id) ?? 0) > (ends.get(last.id) ?? 0)) last = task;
    }
    const seconds = ends.get(last?.id ?? '') ?? 0;
    if (seconds <= rtoSeconds) return [];
    const chain: string[] = [];
    for (let at = last?.id; at !== undefined; at = latestNeed.get(at)) chain.push(at);
    chain.reverse();
    const limitOf = (id: string): number => graph.byId.get(id)?.limitSeconds ?? 0;
    const longest = chain.toSorted((a, b) => limitOf(b) - limitOf(a)).slice(0, 3);
    const message =
      `one after another, ${named(chain)} may take ${inWords(seconds)}, ${inWords(seconds - rtoSeconds)} more than the objective of ${inWords(rtoSeconds)}; ` +
      `lower the longest limits (${longest.map((id) => `${id} ${inWords(limitOf(id))}`).join(', ')}), or take tasks out of this chain`;
    return [{ tasks: chain, message }];
  },
};
