import { named } from './kit/named.js';
import type { Lint } from './lint.js';

/** What cannot be undone, done before any gate was asked. */
export const irreversibleBeforeVerified: Lint = {
  name: 'irreversible-before-verified',
  severity: 'refuses',
  why: 'what cannot be undone is done only after some gate has held',
  find: ({ graph }) => {
    const verified = new Set<string>();
    for (const { id, does } of graph.order) if (does === 'gate' || graph.needsOf(id).some((need) => verified.has(need))) verified.add(id);
    const tasks = graph.order.filter(({ id, effect }) => effect !== 'reversible' && !verified.has(id)).map(({ id }) => id);
    if (tasks.length === 0) return [];
    return [
      {
        tasks,
        message: `${named(tasks)} cannot be undone, and no gate comes before ${tasks.length === 1 ? 'it' : 'them'}; need a gate that shows it is safe`,
      },
    ];
  },
};
