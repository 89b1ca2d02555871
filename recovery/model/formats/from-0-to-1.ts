import type { JournalEntry } from '../journal-entry.js';

/** Format 1 says of itself that it is; nothing else was written differently before formats had numbers. */
export const from0To1 = (entry: JournalEntry): JournalEntry => (entry.kind === 'opened' ? { ...entry, format: 1 } : entry);
