import type { Property } from './property.js';

export const endsByName: Property = {
  name: 'ends-by-name',
  claim: 'every run ends in a named outcome, and its journal says which',
  judge: ({ outcome, lives, entries }) => {
    if (outcome === 'failed') return lives.find(({ is }) => is === 'failed')?.error ?? 'no process ended the run';
    const last = entries.findLast(({ kind }) => kind === 'ended' || kind === 'held' || kind === 'resumed');
    if (outcome === 'held') return last?.kind === 'held' ? undefined : `it is held, and its journal ends with ${last?.kind ?? 'nothing'}`;
    return last?.kind === 'ended' && last.outcome === outcome ? undefined : `it is ${outcome}, and its journal does not say so`;
  },
};
