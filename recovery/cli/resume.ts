import { readRun } from '../adapters/home.js';
import type { Happening } from '../model/journal-entry.js';
import type { Console, Ended } from './command.js';
import { carryOut, endedWith } from './carry-out.js';
import { compareRows } from './compare-rows.js';
import { compose, documentsOf, type WorldOptions } from './compose.js';
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
  const { plan, entries } = await readRun(homeOf(console), run);
  const opened = entries.find((entry) => entry.kind === 'opened');
  const { settings } = documentsOf(console, options, packageRoot);
  const world = await compose(console, { ...options, world: plan.world }, settings, `altsite resume ${run}`);
  try {
    const scenario = opened?.scenario && options.scenario ? scenarioFor(world, { scenario: opened.scenario }) : null;
    const reopening = (journal: { notice: string; entries: readonly Happening[] }): Happening[] =>
      journal.entries.some(({ kind }) => kind === 'ended') ? [] : [{ kind: 'resumed', notice: journal.notice }];
    const report = await carryOut(console, world, {
      plan,
      run,
      opening: [],
      reopening,
      scenario,
      statedAuthority: statedAuthority(options, plan),
    });
    return endedWith(await withPage(console, world.home, await compareRows(world, settings, report)));
  } finally {
    await world.leave();
  }
};
