import { satisfied } from '../../model/satisfied.js';
import type { Property } from './property.js';

export const unknownIsNotYes: Property = {
  name: 'unknown-is-not-yes',
  claim: 'what counts as verified has an answer to each of its claims, and every one of them is yes',
  judge: ({ entries, plan }) => {
    for (const entry of entries) {
      if (entry.kind !== 'verified') continue;
      if (!satisfied(entry.evidence)) return `${entry.task} counts as verified, and ${entry.evidence.map(({ holds }) => holds).join(', ')}`;
      const task = plan.tasks.find(({ id }) => id === entry.task);
      const unasked =
        task?.does === 'gate' ? task.checks.find(({ uses }) => !entry.evidence.some(({ check }) => check === uses)) : undefined;
      if (unasked) return `${entry.task} counts as verified, and nobody asked ${unasked.uses}`;
    }
    return undefined;
  },
};
