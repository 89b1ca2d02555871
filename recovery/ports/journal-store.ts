import type { Happening, JournalEntry } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';

/** The only truth of one run: append-only, hash-chained, one writer at a time. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Sequence of the last entry; 0: none yet. */
  readonly sequence: number;
  /** What opening had to mend, in words, or empty. */
  readonly notice: string;
  /** Every entry from the first to the last, each verified against the one before it as it is read; bounded memory. */
  read(): AsyncIterable<JournalEntry>;
  /**
   * Writes entries, durably and in this order, if the journal still ends at `expectedSequence`.
   * @throws RecoveryError `fenced` when another writer was first.
   */
  append(happenings: readonly Happening[], at: Instant, expectedSequence: number): Promise<readonly JournalEntry[]>;
  close(): Promise<void>;
}
