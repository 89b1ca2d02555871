import type { Property } from './property.js';
import { Told } from './told.js';

export const authorityFirst: Property = {
  name: 'authority-first',
  claim: 'nothing that cannot be undone begins without the authority, and nothing is undone after it has',
  judge: ({ entries, plan }) => {
    const final = new Set(plan.tasks.filter(({ effect }) => effect !== 'reversible').map(({ id }) => id));
    const told = new Told(plan);
    let passed: string | undefined;
    for (const entry of entries) {
      if (entry.kind === 'started' && final.has(entry.task)) {
        if (!told.authorised) return `${entry.task} began without authority`;
        passed ??= entry.task;
      }
      if (entry.kind === 'undo-started' && passed !== undefined) return `${entry.task} was undone after ${passed} had begun`;
      told.hear(entry);
    }
    return undefined;
  },
};
