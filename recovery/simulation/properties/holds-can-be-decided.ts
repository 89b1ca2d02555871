import type { Property } from './property.js';

export const holdsCanBeDecided: Property = {
  name: 'holds-can-be-decided',
  claim: 'every hold names its cause and its choices, and each of them would be accepted',
  judge: ({ entries, holds }) => {
    const silent = entries.find((entry) => entry.kind === 'held' && (entry.reason.trim() === '' || entry.choices.length === 0));
    if (silent?.kind === 'held') return `the hold at ${silent.task} says ${silent.reason === '' ? 'no reason' : 'no choices'}`;
    const [refused] = holds.flatMap(({ objections }) => objections);
    return refused === undefined ? undefined : `a choice that was offered would be refused: ${refused}`;
  },
};
