import type { Happening } from '../../../recovery/model/journal-entry.js';
import type { BrokenEngine } from './broken-engine.js';
import { changed } from './tampered-journal.js';

export const lockIgnored: BrokenEngine = {
  name: 'lock-ignored',
  how: 'entries are appended wherever the journal ends, whoever wrote last',
  breaks: 'one-writer',
  tampering: () => ({
    journal: (journal) => {
      const end = (): number => journal.store.entries.length;
      return changed(journal, {
        append: {
          value: (given: Happening | readonly Happening[], at: string) =>
            'kind' in given ? journal.append(given, at, end()) : journal.append(given, at, end()),
        },
      });
    },
  }),
};
