/**
 * What journals are written in. A change to what an entry means gets a number and a file here, and nobody else ever sees the old form.
 * The chain is verified over what was written, before any of this.
 */
import type { JournalEntry } from '../journal-entry.js';
import { from0To1 } from './from-0-to-1.js';

/** `upgrades[n]` makes of an entry of format `n` one of the next. */
const upgrades: readonly ((entry: JournalEntry) => JournalEntry)[] = [from0To1];

/** What this version writes, and the newest it can read. */
export const currentFormat = upgrades.length;

/** An entry as this version would have written it. */
export const upgraded = (entry: JournalEntry, format: number): JournalEntry =>
  upgrades.slice(format).reduce((older, upgrade) => upgrade(older), entry);
