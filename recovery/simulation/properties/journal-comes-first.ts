import type { Property } from './property.js';
import { Told } from './told.js';

export const journalComesFirst: Property = {
  name: 'journal-comes-first',
  claim: 'whatever changes something is in the journal before it is asked for',
  judge: ({ calls, entries, plan }) => {
    const told = new Told(plan);
    let heard = 0;
    for (const { changes, sequence, task, attempt, undoing, operation } of calls) {
      for (; heard < sequence; heard++) told.hear(entries[heard]!);
      const beginning = undoing ? `undo/${task}/${attempt}` : `${task}/${attempt}`;
      if (changes && !told.begun.has(beginning)) return `${operation} of ${task}, attempt ${attempt}, was asked for before it was begun`;
    }
    return undefined;
  },
};
