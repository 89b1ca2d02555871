import type { Happening, JournalEntry } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';

/** A journal opened by one writer. Takes one entry or several, as the port does. */
export interface MemoryJournal {
  /** What it was opened from, with what others have written since. */
  readonly store: MemoryJournalStore;
  readonly entries: readonly JournalEntry[];
  readonly sequence: number;
  readonly notice: string;
  read(): AsyncIterable<JournalEntry>;
  append(happenings: readonly Happening[], at: Instant, expectedSequence: number): Promise<readonly JournalEntry[]>;
  append(happening: Happening, at: Instant, expectedSequence: number): Promise<JournalEntry>;
  close(): Promise<void>;
}

/** Told around every entry; what it throws is a crash. */
export interface Written {
  before(happening: Happening, writer: number): void;
  after(entry: JournalEntry, writer: number): Promise<void>;
}

/**
 * A run's journal in memory, that several may open.
 *
 * 1. What is kept is what a file would hold: JSON, read back.
 * 2. A writer knows the entries there were when it opened, and its own: where the journal ends elsewhere, it is fenced.
 */
export class MemoryJournalStore {
  readonly entries: JournalEntry[] = [];
  /** Who wrote each entry. */
  readonly writers: number[] = [];

  constructor(private readonly written: Written) {}

  open(writer: number): MemoryJournal {
    const known = [...this.entries];
    const one = async (happening: Happening, at: Instant, expected: number): Promise<JournalEntry> => {
      if (this.entries.length !== expected)
        throw new RecoveryError('fenced', 'journal-moved-on', `the journal is at entry ${this.entries.length}, not ${expected}`);
      this.written.before(happening, writer);
      const entry = JSON.parse(JSON.stringify({ ...happening, sequence: expected + 1, at, previousHash: '', hash: '' })) as JournalEntry;
      this.entries.push(entry);
      this.writers.push(writer);
      known.push(entry);
      await this.written.after(entry, writer);
      return entry;
    };
    async function append(happenings: readonly Happening[], at: Instant, expected: number): Promise<readonly JournalEntry[]>;
    async function append(happening: Happening, at: Instant, expected: number): Promise<JournalEntry>;
    async function append(
      given: Happening | readonly Happening[],
      at: Instant,
      expected: number,
    ): Promise<JournalEntry | readonly JournalEntry[]> {
      if ('kind' in given) return one(given, at, expected);
      const entries: JournalEntry[] = [];
      for (const happening of given) entries.push(await one(happening, at, expected + entries.length));
      return entries;
    }
    return {
      store: this,
      entries: known,
      get sequence() {
        return known.length;
      },
      notice: '',
      read: async function* () {
        yield* known;
      },
      append,
      close: async () => undefined,
    };
  }
}
