import { foldAll } from '../engine/fold.js';
import { runSummary } from '../engine/run-summary.js';
import type { Happening } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';
import type { RunStore, Writer } from '../ports/run-store.js';
import { runReport, type RunReport } from '../report/run-report.js';

/** Adds what was measured after a run to its journal, and reports anew. */
export const appendAfterRun = async (
  store: RunStore,
  run: string,
  writer: Writer,
  happening: Happening,
  at: Instant,
): Promise<RunReport> => {
  const journal = await store.open(run, writer, runSummary());
  try {
    await journal.append([happening], at, journal.sequence);
    const state = await foldAll(journal.read());
    return runReport(await store.readPlan(state.planHash), state, store.nameOf(run));
  } finally {
    await journal.close();
  }
};
