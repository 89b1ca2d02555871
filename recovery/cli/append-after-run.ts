import { openFileJournal } from '../adapters/file-journal.js';
import { readPlan, type Home } from '../adapters/home.js';
import { fold } from '../engine/fold.js';
import type { Happening } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';
import { runReport, type RunReport } from '../report/run-report.js';

/** Adds what was measured after a run to its journal, and reports anew. */
export const appendAfterRun = async (home: Home, run: string, happening: Happening, at: Instant): Promise<RunReport> => {
  const file = home.journal(run);
  const journal = await openFileJournal(file);
  try {
    await journal.append([happening], at, journal.entries.length);
    const state = fold(journal.entries);
    return runReport(await readPlan(home, state.planHash), state, journal.entries, file);
  } finally {
    await journal.close();
  }
};
