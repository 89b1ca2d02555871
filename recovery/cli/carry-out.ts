import { openFileJournal } from '../adapters/file-journal.js';
import { inboxPeople } from '../adapters/inbox-people.js';
import { anyOf, scenarioPeople } from '../adapters/scenario-people.js';
import { checks } from '../checks/index.js';
import { fold } from '../engine/fold.js';
import { runPlan } from '../engine/run-plan.js';
import type { Happening } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Journal } from '../ports/journal-store.js';
import type { Authority } from '../ports/people.js';
import { runReport, type RunReport } from '../report/run-report.js';
import { textReport } from '../report/text-report.js';
import { steps } from '../steps/index.js';
import { exitCodeOf, type Console, type Ended } from './command.js';
import type { Composed } from './compose.js';
import { liveProgress } from './live-progress.js';
import { progress, type Watch } from './progress.js';
import type { Scenario } from './scenarios/index.js';

export interface CarryOut {
  readonly plan: Plan;
  readonly run: string;
  /** Entries to begin with, in a journal that has none yet. */
  readonly opening: readonly Happening[];
  /** Entries that go in first when the journal has some. */
  readonly reopening: (journal: Journal) => readonly Happening[];
  readonly scenario: Scenario | null;
  /** What the operator said on the command line. */
  readonly statedAuthority: { readonly by: string; readonly reason: string } | null;
  /** Nobody authorises anything that cannot be undone, whoever might. */
  readonly untilIrreversible: boolean;
}

/** Opens the run's journal, carries the plan out as far as it goes, counts the calls and reports. */
export const carryOut = async (
  console: Console,
  world: Composed,
  { plan, run, opening, reopening, scenario, statedAuthority, untilIrreversible }: CarryOut,
): Promise<RunReport> => {
  const file = world.home.journal(run);
  const journal = await openFileJournal(file);
  let watch: Watch | undefined;
  try {
    const disruptedAt = [...opening, ...journal.entries].find((entry) => entry.kind === 'opened')?.disruptedAt.at ?? world.clock.now();
    const startedAt = journal.entries[0]?.at ?? world.clock.now();
    watch = (console.watched ? liveProgress : progress)(console, plan, disruptedAt, startedAt, () => world.clock.now());
    journal.entries.forEach((entry) => watch?.replay(entry));
    if (journal.notice) console.err(`${journal.notice}\n`);
    const begin = journal.sequence > 0 ? reopening(journal) : opening;
    for (const entry of await journal.append(begin, world.clock.now(), journal.sequence)) watch.entry(entry);
    const inbox = inboxPeople(world.home.inbox(run));
    const ended =
      fold(journal.entries).outcome === null
        ? await runPlan(plan, journal, {
            clock: world.clock,
            aws: world.aws,
            network: world.network,
            steps,
            checks,
            people: scenario ? anyOf([inbox, scenarioPeople(scenario.name, () => journal.entries, scenario.answersAfterSeconds)]) : inbox,
            // What nobody activated, nobody can authorise either.
            authority: untilIrreversible || fold(journal.entries).activated === null ? nobody : authority(scenario, statedAuthority),
            watch,
            interrupted: console.interrupted,
          })
        : null;
    // A recovery that nobody could count is a recovery still; the report then says that nobody counted.
    await countCalls(plan, journal, world).catch((error: unknown) => {
      if (!(error instanceof RecoveryError) || error.code !== 'no-audit') throw error;
      console.err(`${error.message}\n`);
    });
    const report = runReport(plan, fold(journal.entries), journal.entries, file);
    return ended?.outcome === 'interrupted' ? { ...report, outcome: 'interrupted' } : report;
  } finally {
    watch?.end();
    await journal.close();
  }
};

const nobody: Authority = { authorise: async () => null };

const authority = (scenario: Scenario | null, stated: CarryOut['statedAuthority']): Authority => ({
  authorise: async () => {
    if (stated) return { ...stated, source: 'command line' };
    return scenario ? { by: scenario.authority, reason: scenario.authorityReason, source: `scenario ${scenario.name}` } : null;
  },
});

/** Once, after the DNS proof: who was called between activation and proof, as counted by somebody else. */
const countCalls = async (plan: Plan, journal: Journal, world: Composed): Promise<void> => {
  if (journal.entries.some(({ kind }) => kind === 'calls-counted')) return;
  const activated = journal.entries.find((entry) => entry.kind === 'activated');
  const { servedAt } = runReport(plan, fold(journal.entries), journal.entries, '').clocks;
  if (!activated || activated.callsBefore === null || !servedAt) return;
  const counted = await world.audit.count(plan.from.region, activated.callsBefore, servedAt.at);
  await journal.append(
    [{ kind: 'calls-counted', from: activated.at, to: servedAt.at, ...counted }],
    world.clock.now(),
    journal.entries.length,
  );
};

/** What to do after an end that nobody wanted; a hold lists its choices itself. */
const nextAfter: Partial<Readonly<Record<RunReport['outcome'], (run: string) => string>>> = {
  undone: () => 'everything that could be taken back was; mend what failed, then start another run: altsite run',
  abandoned: () => 'what the run had begun stands as it is; look at it, then start another run: altsite run',
  stuck: (run) => `nothing can go on by itself; what stands in the way: altsite status ${run}`,
};

export const endedWith = (report: RunReport): Ended => ({
  exitCode: exitCodeOf[report.outcome],
  text:
    report.outcome === 'interrupted'
      ? `interrupted; nothing is lost. Continue with: altsite resume ${report.run}\n`
      : [textReport(report), nextAfter[report.outcome]?.(report.run)]
          .flatMap((part) => part ?? [])
          .join('\n')
          .trimEnd() + '\n',
  json: report,
});
