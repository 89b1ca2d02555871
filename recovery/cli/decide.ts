import { systemClock } from '../adapters/system-clock.js';
import { thisProcess, writerInWords } from '../adapters/this-process.js';
import { foldAll } from '../engine/fold.js';
import { runSummary } from '../engine/run-summary.js';
import { failedTasks } from '../engine/standing.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import type { Journal } from '../ports/journal-store.js';
import type { RunStore } from '../ports/run-store.js';
import type { Console, Ended } from './command.js';
import { decisionOf, whatCanBe, type Said } from './decision.js';
import { readRun } from './read-run.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';

/** Writes the decision into the run's journal; who resumes it acts on it. */
export const decide = async (console: Console, run: string, said: Said & StoreOptions): Promise<Ended> => {
  const store = await storeOf(console, said);
  const { task, decision } = said;
  const { plan, state: seen } = await readRun(store, run);
  decisionOf(plan, seen, said, momentOf(plan, seen));
  const journal = await openJournal(store, run, said.by);
  try {
    const held = await foldAll(journal.read());
    const now = momentOf(plan, held);
    const { kind, ...decided } = decisionOf(plan, held, said, now);
    await journal.append([{ kind, ...decided }], now, journal.sequence);
    const state = await foldAll(journal.read());
    const { by, reason, expiresAt } = decided;
    const until = expiresAt ? ` until ${expiresAt}` : '';
    const open = state.undo || state.abandoned ? [] : failedTasks(plan, state, now);
    const next = `altsite resume ${run}`;
    return {
      exitCode: 0,
      text: `${decision} ${task}${until}: noted. ${open.length ? `Still to decide: ${whatCanBe(plan, state, now).replace(/^[^:]*: /, '')}. Then continue` : 'Continue'} with: ${next}\n`,
      json: { run, task, decision, by, reason, ...(expiresAt ? { expiresAt } : {}), next },
    };
  } finally {
    await journal.close();
  }
};

/** The twin's clock stands where the run left it; in AWS time has gone on. Never earlier than what is in the journal. */
const momentOf = ({ world }: Plan, { history: { lastAt } }: RunState): Instant => {
  const last = lastAt ?? '';
  const now = world === 'aws' ? systemClock.now() : last;
  return now > last ? now : last;
};

const openJournal = (store: RunStore, run: string, by: string): Promise<Journal> =>
  store.open(run, thisProcess(`altsite decide by ${by}`), runSummary()).catch(async (cause: unknown) => {
    if (!(cause instanceof RecoveryError) || cause.code !== 'journal-locked') throw cause;
    const writer = await store.writerOf(run);
    const who = writer ? writerInWords(writer) : 'another process';
    const message = `run ${run} is being carried out by ${who}; decide once it holds (altsite status ${run}), or stop it there`;
    throw new RecoveryError('fenced', 'journal-locked', message, { cause });
  });
