import { everythingBefore } from '../../model/graph.js';
import type { Property } from './property.js';
import { Told } from './told.js';

export const orderIsKept: Property = {
  name: 'order-is-kept',
  claim:
    'a task starts when all it comes after is finished: a gate by its answer or a waiver of the authority that counts, never by a skip',
  judge: ({ entries, plan }) => {
    const before = everythingBefore(plan.tasks);
    const told = new Told(plan);
    for (const entry of entries) {
      const task = entry.kind === 'started' || entry.kind === 'asked' ? plan.tasks.find(({ id }) => id === entry.task) : undefined;
      for (const need of task ? plan.tasks.filter(({ id }) => before.get(task.id)?.has(id)) : []) {
        // Once nothing irreversible is left to begin, a waiver has done what it was given for.
        const objection = told.objection(need, task?.effect === 'reversible' ? '' : entry.at);
        if (objection !== undefined) return `${task?.id ?? ''} began, and ${objection}`;
      }
      told.hear(entry);
    }
    return undefined;
  },
};
