import { openFileJournal } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { systemClock } from '../adapters/system-clock.js';
import { fold } from '../engine/fold.js';
import { failedTasks } from '../engine/standing.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { Console, Ended } from './command.js';
import { homeOf } from './home-of.js';
import { decisionOf, whatCanBe, type Said } from './decision.js';

/** Writes the decision into the run's journal; who resumes it acts on it. */
export const decide = async (console: Console, run: string, said: Said): Promise<Ended> => {
  const home = homeOf(console);
  const { task, decision } = said;
  const { plan, entries } = await readRun(home, run);
  decisionOf(plan, entries, said, momentOf(plan, entries.at(-1)?.at));
  const journal = await openJournal(home.journal(run), run);
  try {
    const now = momentOf(plan, journal.entries.at(-1)?.at);
    const { kind, ...decided } = decisionOf(plan, journal.entries, said, now);
    await journal.append([{ kind, ...decided }], now, journal.entries.length);
    const state = fold(journal.entries);
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
const momentOf = ({ world }: Plan, last: Instant = ''): Instant => {
  const now = world === 'aws' ? systemClock.now() : last;
  return now > last ? now : last;
};

const openJournal = (file: string, run: string) =>
  openFileJournal(file).catch((cause: unknown) => {
    if (!(cause instanceof RecoveryError) || cause.code !== 'journal-locked') throw cause;
    const message = `run ${run} is being carried out by another process; decide once it holds (altsite status ${run}), or stop it there`;
    throw new RecoveryError('fenced', 'journal-locked', message, { cause });
  });
