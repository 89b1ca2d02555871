import type { JournalEntry } from '../../recovery/model/journal-entry.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import type { Journal } from '../../recovery/ports/journal-store.js';

/** A journal in memory. `failAt` refuses to write that entry, as a full disk or a killed process would; what comes before it in a group is written. */
export const memoryJournal = (begin: readonly JournalEntry[] = [], failAt = Infinity): Journal & { entries: JournalEntry[] } => {
  const entries = [...begin];
  return {
    entries,
    get sequence() {
      return entries.length;
    },
    notice: '',
    read: async function* () {
      yield* [...entries];
    },
    append: async (happenings, at, expected) => {
      if (entries.length !== expected) throw new RecoveryError('fenced', 'journal-moved-on', 'another writer');
      return happenings.map((happening) => {
        if (entries.length + 1 === failAt) throw new Error(`crashed before entry ${failAt}`);
        const entry = { ...happening, sequence: entries.length + 1, at, previousHash: '', hash: '' } as JournalEntry;
        entries.push(entry);
        return entry;
      });
    },
    close: async () => undefined,
  };
};
