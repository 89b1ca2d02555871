import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunStore } from '../ports/run-store.js';

/** All of a run's entries, and its plan: for a report, which people read. @throws RecoveryError `invalid` for an unknown run. */
export const readWhole = async (store: RunStore, run: string): Promise<{ entries: readonly JournalEntry[]; plan: Plan }> => {
  const entries: JournalEntry[] = [];
  for await (const entry of store.read(run)) entries.push(entry);
  const [opened] = entries;
  if (opened?.kind !== 'opened') throw new RecoveryError('invalid', 'empty-run', `run ${run} never opened; start another with altsite run`);
  return { entries, plan: await store.readPlan(opened.planHash) };
};
