import { readRun } from '../adapters/home.js';
import type { Happening } from '../model/journal-entry.js';
import type { RunReport } from '../report/run-report.js';
import type { Console, Ended } from './command.js';
import { carryOut, endedWith } from './carry-out.js';
import { compareRows } from './compare-rows.js';
import { compose, documentsOf, type Composed, type WorldOptions } from './compose.js';
import { homeOf } from './home-of.js';
import { packageRoot } from './package-root.js';
import { scenarioFor } from './run.js';
import { statedAuthority } from './stated-authority.js';
import { withPage } from './with-page.js';

export interface ResumeOptions extends WorldOptions {
  readonly authority?: string;
  readonly reason?: string;
  readonly scenario: boolean;
}

export const resume = async (console: Console, run: string, options: ResumeOptions): Promise<Ended> => {
  const { plan } = await readRun(homeOf(console), run);
  const { settings } = documentsOf(console, options, packageRoot);
  const world = await compose(console, { ...options, world: plan.world }, settings, `altsite resume ${run}`);
  try {
    const report = await resumeRun(console, world, run, options);
    return endedWith(await withPage(console, world.home, await compareRows(world, settings, report)));
  } finally {
    await world.leave();
  }
};

/** Goes on from the run's journal; who has authority activates the plan first, where nobody did. */
export const resumeRun = async (
  console: Console,
  world: Composed,
  run: string,
  options: Pick<ResumeOptions, 'authority' | 'reason' | 'scenario'>,
): Promise<RunReport> => {
  const { plan, entries } = await readRun(world.home, run);
  const opened = entries.find((entry) => entry.kind === 'opened');
  const stated = statedAuthority(options, plan);
  const activates = stated && !entries.some(({ kind }) => kind === 'activated');
  const activation: Happening[] = activates
    ? [{ kind: 'activated', ...stated, source: 'command line', callsBefore: await world.audit.position() }]
    : [];
  const reopening = (journal: { notice: string; entries: readonly Happening[] }): Happening[] =>
    journal.entries.some(({ kind }) => kind === 'ended') ? [] : [{ kind: 'resumed', notice: journal.notice }, ...activation];
  return carryOut(console, world, {
    plan,
    run,
    opening: [],
    reopening,
    scenario: opened?.scenario && options.scenario ? scenarioFor(world, { scenario: opened.scenario }) : null,
    statedAuthority: stated,
    untilIrreversible: false,
  });
};
