import type { Happening, JournalEntry } from '../../../recovery/model/journal-entry.js';
import type { MemoryJournal } from '../../../recovery/simulation/memory-journal.js';

/** A journal whose writing is changed on the way; entries come one at a time or several at once, as the engine has it. */
export const withWriting = (journal: MemoryJournal, change: (happening: Happening) => Happening): MemoryJournal =>
  changed(journal, {
    append: {
      value: (given: Happening | readonly Happening[], at: string, expected: number) =>
        'kind' in given ? journal.append(change(given), at, expected) : journal.append(given.map(change), at, expected),
    },
  });

/** A journal of which the engine reads something else than stands in it. */
export const withReading = (journal: MemoryJournal, change: (entry: JournalEntry) => JournalEntry): MemoryJournal =>
  changed(journal, {
    entries: { get: () => journal.entries.map(change) },
    read: {
      value: async function* () {
        for await (const entry of journal.read()) yield change(entry);
      },
    },
  });

/** The same journal, but for some of what it does. */
export const changed = (journal: MemoryJournal, changes: PropertyDescriptorMap): MemoryJournal =>
  Object.defineProperties({} as MemoryJournal, { ...Object.getOwnPropertyDescriptors(journal), ...changes });
