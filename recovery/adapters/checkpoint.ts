import { canonical, sha256 } from '../model/canonical.js';
import type { JournalEntry } from '../model/journal-entry.js';

/**
 * What is kept beside a journal so that a reader need not begin at its first entry. Nothing in it is trusted: it only says where to look for
 * the entry that proves it.
 */
export interface Checkpoint {
  /** Of the `checkpointed` entry. */
  readonly sequence: number;
  readonly hash: string;
  /** Where that entry is: the byte its line begins at, or the first sequence of the object it is in. */
  readonly offset: number;
  /** What all entries before it come to. */
  readonly summary: string;
}

export const checkpointText = ({ summary, ...place }: Checkpoint): string => `${canonical(place)}\n${summary}\n`;

/** Null: this is no checkpoint. */
export const checkpointIn = (text: string): Checkpoint | null => {
  const [place = '', summary = ''] = text.split('\n');
  try {
    const { sequence, hash, offset } = JSON.parse(place) as Partial<Checkpoint>;
    const isPlace = Number.isSafeInteger(sequence) && Number.isSafeInteger(offset) && (sequence ?? 0) > 0 && (offset ?? -1) >= 0;
    return isPlace && typeof hash === 'string' ? { sequence: sequence ?? 0, hash, offset: offset ?? 0, summary } : null;
  } catch {
    return null;
  }
};

/** Whether this entry, itself verified, says that the checkpoint's summary is the journal's own. */
export const proves = (entry: JournalEntry, { sequence, hash, summary }: Checkpoint): boolean =>
  entry.kind === 'checkpointed' && entry.sequence === sequence && entry.hash === hash && entry.stateHash === sha256(summary);
