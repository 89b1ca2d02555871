import type { Happening, JournalEntry } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';

/** The only truth of one run: append-only, hash-chained, one writer at a time. */
export interface Journal {
  /** Sequence of the last entry; 0: none yet. */
  readonly sequence: number;
  /** What opening had to mend, in words, or empty. */
  readonly notice: string;
  /** Every entry from the first to the last, each verified against the one before it as it is read; bounded memory. */
  read(): AsyncIterable<JournalEntry>;
  /**
   * Writes entries, durably and in this order, if the journal still ends at `expectedSequence`. The journal may add entries of its own.
   * @throws RecoveryError `fenced` when another writer was first.
   */
  append(happenings: readonly Happening[], at: Instant, expectedSequence: number): Promise<readonly JournalEntry[]>;
  close(): Promise<void>;
}

/** What a journal's entries come to, kept up while they are read and written: what its checkpoints are made of. */
export interface Summary {
  add(entry: JournalEntry): void;
  /** All of it; whoever has this text need not read what it was made of. */
  text(): string;
}

/** What a journal comes to: the text of a summary that is proved to be the journal's own, or null, and the entries after it. */
export interface Latest {
  readonly summary: string | null;
  readonly entries: AsyncIterable<JournalEntry>;
}
