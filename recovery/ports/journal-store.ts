import type { Happening, JournalEntry } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';

/** The only truth of one run: append-only, hash-chained, one writer at a time. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** What opening had to mend, in words, or empty. */
  readonly notice: string;
  /**
   * Writes one entry, durably, if the journal still ends at `expectedSequence`.
   * @throws RecoveryError `fenced` when another writer was first.
   */
  append(happening: Happening, at: Instant, expectedSequence: number): Promise<JournalEntry>;
  close(): Promise<void>;
}
