import type { Task } from '../../model/plan.js';
import { named } from './kit/named.js';
import type { Finding, Lint } from './lint.js';

/** Tasks that change one thing, and may do so at once. */
export const concurrentWrites: Lint = {
  name: 'concurrent-writes',
  severity: 'refuses',
  why: 'of two tasks that change one thing at once, nobody knows which has the last word',
  find: ({ graph }) => {
    const writers = new Map<string, Task[]>();
    for (const task of graph.order)
      for (const thing of new Set(task.writes)) {
        const known = writers.get(thing);
        if (known) known.push(task);
        else writers.set(thing, [task]);
      }
    return [...writers].flatMap(([thing, those]): Finding[] => {
      // In this order each comes before the next, or there is no order of them all.
      const beside = new Set<string>();
      those.forEach(({ id }, at) => {
        const previous = those[at - 1]?.id;
        if (previous !== undefined && !graph.before([id])(previous)) beside.add(previous).add(id);
      });
      if (beside.size === 0) return [];
      const tasks = [...beside];
      return [{ tasks, message: `${named(tasks)} change ${thing}, and may do so at once; have one need the other` }];
    });
  },
};
