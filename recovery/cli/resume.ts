import { lockedBy } from '../adapters/file-store.js';
import { thisProcess } from '../adapters/this-process.js';
import type { Happening } from '../model/journal-entry.js';
import type { RunState } from '../model/run-state.js';
import type { Writer } from '../ports/run-store.js';
import { claimRecovery } from './claim.js';
import type { Console, Ended } from './command.js';
import { mustAct } from './acting-teams.js';
import { carryOut, endedWith } from './carry-out.js';
import { compareRows } from './compare-rows.js';
import { documentsOf, enter, type Composed, type WorldOptions } from './compose.js';
import type { RunReport } from '../report/run-report.js';
import { readRun } from './read-run.js';
import { scenarioFor } from './run.js';
import { statedAuthority } from './stated-authority.js';
import { storeOf } from './store-of.js';
import { withPage } from './with-page.js';
import { recoveryOf, worldPlace } from './world-place.js';

export interface ResumeOptions extends WorldOptions {
  readonly authority?: string;
  readonly reason?: string;
  readonly scenario: boolean;
}

export const resume = async (console: Console, run: string, options: ResumeOptions): Promise<Ended> => {
  const store = await storeOf(console, options);
  const { plan, state } = await readRun(store, run);
  const other = await store.writerOf(run);
  if (other) throw lockedBy(run, other);
  const { settings } = documentsOf(console, options);
  const place = await worldPlace(console, { ...options, world: plan.world }, settings);
  const writer = thisProcess(options.authority ?? 'altsite resume');
  // An ended run is looked at again, and claims nothing.
  if (state.outcome === null) await claimRecovery(store, recoveryOf(place, settings), writer, run);
  const world = await enter(console, place, store, settings, `altsite resume ${run}`);
  try {
    const report = await resumeRun(console, world, writer, run, options);
    return endedWith(await withPage(console, world, await compareRows(world, writer, settings, report)));
  } finally {
    await world.leave();
  }
};

/** Goes on from the run's journal; who has authority activates the plan first, where nobody did. */
export const resumeRun = async (
  console: Console,
  world: Composed,
  writer: Writer,
  run: string,
  options: Pick<ResumeOptions, 'authority' | 'reason' | 'scenario'>,
): Promise<RunReport> => {
  const { plan, state } = await readRun(world.store, run);
  if (state.outcome === null) await mustAct(plan, (team) => world.awsOf(team, run));
  const stated = statedAuthority(options, plan);
  const activation: Happening[] =
    stated && !state.activated ? [{ kind: 'activated', ...stated, source: 'command line', callsBefore: await world.audit.position() }] : [];
  const reopening = ({ outcome }: RunState, notice: string): Happening[] =>
    outcome === null ? [{ kind: 'resumed', notice }, ...activation] : [];
  return carryOut(console, world, {
    plan,
    run,
    writer,
    opening: [],
    reopening,
    scenario: state.opened?.scenario && options.scenario ? scenarioFor(world, { scenario: state.opened.scenario }) : null,
    statedAuthority: stated,
    untilIrreversible: false,
  });
};
