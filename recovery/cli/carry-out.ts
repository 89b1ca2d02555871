import { inboxPeople } from '../adapters/inbox-people.js';
import { anyOf, scenarioPeople, type Asked } from '../adapters/scenario-people.js';
import { checks } from '../checks/index.js';
import { foldAll, progressOf } from '../engine/fold.js';
import { runPlan } from '../engine/run-plan.js';
import { runSummary } from '../engine/run-summary.js';
import type { Happening } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import type { Journal } from '../ports/journal-store.js';
import type { Authority } from '../ports/people.js';
import type { Writer } from '../ports/run-store.js';
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
  /** Us, as others are told of us. */
  readonly writer: Writer;
  /** Entries to begin with, in a journal that has none yet. */
  readonly opening: readonly Happening[];
  /** Entries that go in first when the journal has some. */
  readonly reopening: (before: RunState, notice: string) => readonly Happening[];
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
  { plan, run, writer, opening, reopening, scenario, statedAuthority, untilIrreversible }: CarryOut,
): Promise<RunReport> => {
  const { store } = world;
  const journal = await store.open(run, writer, runSummary());
  let watch: Watch | undefined;
  try {
    const before = await foldAll(journal.read());
    const opened = before.opened ?? opening.find((happening) => happening.kind === 'opened');
    const startedAt = before.history.firstAt ?? world.clock.now();
    watch = (console.watched ? liveProgress : progress)(console, plan, opened?.disruptedAt.at ?? startedAt, startedAt, () =>
      world.clock.now(),
    );
    if (console.watched) for await (const entry of journal.read()) watch.replay(entry);
    if (journal.notice) console.err(`${journal.notice}\n`);
    const first = journal.sequence ? reopening(before, journal.notice) : opening;
    for (const entry of await journal.append(first, world.clock.now(), journal.sequence)) watch.entry(entry);
    const inbox = inboxPeople(store, run, before.history.entries);
    const begun = await foldAll(journal.read());
    const ended =
      begun.outcome === null
        ? await runPlan(plan, journal, {
            clock: world.clock,
            aws: world.aws,
            awsOf: (team) => world.awsOf(team, run),
            network: world.network,
            steps,
            checks,
            people: scenario ? anyOf([inbox, scenarioPeople(scenario.name, scenario.answersAfterSeconds, askedIn(plan, before))]) : inbox,
            // What nobody activated, nobody can authorise either.
            authority: untilIrreversible || begun.activated === null ? nobody : authority(scenario, statedAuthority),
            watch,
            interrupted: console.interrupted,
          })
        : null;
    // A recovery that nobody could count is a recovery still; the report then says that nobody counted.
    await countCalls(plan, journal, world).catch((error: unknown) => {
      if (!(error instanceof RecoveryError) || error.code !== 'no-audit') throw error;
      console.err(`${error.message}\n`);
    });
    const report = runReport(plan, await foldAll(journal.read()), store.nameOf(run));
    return ended?.outcome === 'interrupted' ? { ...report, outcome: 'interrupted' } : report;
  } finally {
    watch?.end();
    await journal.close();
  }
};

/** Who waits for an answer since before this process. */
const askedIn = (plan: Plan, state: RunState): readonly Asked[] =>
  plan.tasks.flatMap((task) => {
    const { is, startedAt } = progressOf(state, task.id);
    return task.does === 'ask' && is === 'asked' && startedAt !== null ? [{ task: task.id, owner: task.owner, at: startedAt }] : [];
  });

const nobody: Authority = { authorise: async () => null };

const authority = (scenario: Scenario | null, stated: CarryOut['statedAuthority']): Authority => ({
  authorise: async () => {
    if (stated) return { ...stated, source: 'command line' };
    return scenario ? { by: scenario.authority, reason: scenario.authorityReason, source: `scenario ${scenario.name}` } : null;
  },
});

/** Once, after the DNS proof: who was called between activation and proof, as counted by somebody else. */
const countCalls = async (plan: Plan, journal: Journal, world: Composed): Promise<void> => {
  const state = await foldAll(journal.read());
  const { calls, callsBefore } = state.history;
  const { servedAt } = runReport(plan, state, '').clocks;
  if (calls || !state.activated || callsBefore === null || !servedAt) return;
  const counted = await world.audit.count(plan.from.region, callsBefore, servedAt.at);
  const happening: Happening = { kind: 'calls-counted', from: state.activated.at, to: servedAt.at, ...counted };
  await journal.append([happening], world.clock.now(), journal.sequence);
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
