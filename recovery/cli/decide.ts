import { openFileJournal } from '../adapters/file-journal.js';
import { readRun } from '../adapters/home.js';
import { systemClock } from '../adapters/system-clock.js';
import { fold } from '../engine/fold.js';
import { decisions } from '../engine/choices.js';
import { failedTasks } from '../engine/standing.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { CliCommand } from './command.js';
import { homeOf } from './compose.js';
import { decisionOf, whatCanBe, type Said } from './decision.js';

export const decideCommand: CliCommand = {
  name: 'decide',
  describe: (command, act) =>
    command
      .description('choose how a held run goes on')
      .argument('<run>')
      .argument('<task>', 'where it stands still; undo and abandon concern the whole run')
      .argument('<decision>', decisions.join(', '))
      .requiredOption('--by <role>', 'who decides: a role of the plan; a waiver is for those with authority')
      .requiredOption('--reason <text>', 'why')
      .option('--expires <instant>', 'waive: when the waiver ends, ISO 8601')
      .option('--for <duration>', 'waive: for how long, e.g. PT4H')
      .addHelpText(
        'after',
        `
Decisions:
  retry    do it again, as another attempt that takes up what the last one left
  skip     let it count as finished; never a gate, the fence, the receipt or what others take the output of
  waive    let a gate pass that does not hold, until it expires; never the fence, the recovery point or the data
  undo     take back everything the run began, newest first; only before the point of no return
  abandon  end the run where it stands

Examples:
  altsite decide 20300101-0200-1a2b smoke-tests retry --by cto --reason "application fixed"
  altsite decide 20300101-0200-1a2b test-alerting waive --by cto --reason "pager is known to be down" --for PT4H
`,
      )
      .action((run: string, task: string, decision: string, options: Omit<Said, 'task' | 'decision'>) =>
        act(async (console) => {
          const home = homeOf(console);
          const said: Said = { ...options, task, decision };
          const { plan, entries } = await readRun(home, run);
          decisionOf(plan, entries, said, momentOf(plan, entries.at(-1)?.at));
          const journal = await openJournal(home.journal(run), run);
          try {
            const now = momentOf(plan, journal.entries.at(-1)?.at);
            const { kind, ...decided } = decisionOf(plan, journal.entries, said, now);
            await journal.append({ kind, ...decided }, now, journal.entries.length);
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
        }),
      ),
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
