import { thisProcess } from '../adapters/this-process.js';
import type { Happening } from '../model/journal-entry.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Instant } from '../model/time.js';
import type { Planned } from '../planning/plan.js';
import type { Writer } from '../ports/run-store.js';
import type { RunReport } from '../report/run-report.js';
import type { Console, Ended } from './command.js';
import { mustAct } from './acting-teams.js';
import { carryOut, endedWith } from './carry-out.js';
import { claimRecovery, type HeldClaim } from './claim.js';
import { deploySite } from './deploy.js';
import { documentsOf, enter, type Composed, type WorldOptions } from './compose.js';
import { heedLints } from './heed-lints.js';
import { mustStandAsTested } from './must-stand-as-tested.js';
import { planFor } from './plan-for.js';
import { freshRunId, parsedInstant } from './run-opening.js';
import { scenarioNamed, type Scenario } from './scenarios/index.js';
import { statedAuthority } from './stated-authority.js';
import { storeOf } from './store-of.js';
import { withPage } from './with-page.js';
import { recoveryOf, worldPlace } from './world-place.js';

export interface RunOptions extends WorldOptions {
  readonly plan?: string;
  /** Digest of a published and tested assembly, or `latest`: the site recovered to is deployed from it first. */
  readonly published?: string;
  readonly disruptedAt?: string;
  readonly authority?: string;
  readonly reason?: string;
  readonly scenario: string | false;
  readonly seed?: string;
  /** Planned from what the steps assume, not from what earlier runs took: a rehearsal is the same whatever was done before it. */
  readonly assumed?: boolean;
  /** Stop before the first task that cannot be undone; needs nobody to activate the plan. */
  readonly untilIrreversible?: boolean;
}

/** Who starts a run, and its claim on the recovery. */
export interface Starting {
  readonly writer: Writer;
  readonly claim: HeldClaim;
  readonly detectedAt?: Instant;
}

/** A new run: survey, plan, journal, and off. */
export const startRun = async (
  console: Console,
  world: Composed,
  planned: Planned,
  options: RunOptions,
  { writer, claim, detectedAt }: Starting,
): Promise<RunReport> => {
  const { plan, hash } = planned;
  heedLints(console, plan, hash);
  mustStandAsTested(plan);
  const scenario = scenarioFor(world, options);
  const stated = statedAuthority(options, plan);
  const untilIrreversible = options.untilIrreversible ?? false;
  if (!scenario && !stated && !untilIrreversible)
    throw new RecoveryError(
      'invalid',
      'nobody-activated',
      `nobody activates the plan; say who does and why: --authority ROLE --reason TEXT, ROLE being one of ${plan.succession.join(', ')}; or do only what can be undone: --until-irreversible`,
    );
  const now = world.clock.now();
  const run = await freshRunId(world, now, hash);
  await mustAct(plan, (team) => world.awsOf(team, run));
  // The plan that was named is there; made by an older altsite, it would no longer be the one its hash names.
  if (options.plan === undefined) await world.store.savePlan(plan, hash);
  await claim.named(run);
  const disruptedAt =
    options.disruptedAt === undefined
      ? { at: now, source: 'not said; taken as the start of the run' }
      : { at: parsedInstant(options.disruptedAt, now), source: detectedAt ? 'scenario' : 'command line, --disrupted-at' };
  console.err(`plan ${hash}\nrun ${run}\n`);
  const activation = activationOf(stated, untilIrreversible ? null : scenario);
  const opening: Happening[] = [
    {
      kind: 'opened',
      run,
      planHash: hash,
      mode: plan.mode,
      world: plan.world,
      scenario: scenario?.name ?? null,
      seed: options.seed === undefined ? null : Number(options.seed),
      disruptedAt,
      detectedAt: detectedAt ? { at: detectedAt, source: 'scenario' } : { at: now, source: 'start of the run' },
    },
    ...(activation ? [{ kind: 'activated' as const, ...activation, callsBefore: await world.audit.position() }] : []),
  ];
  const reopening = (): [] => [];
  return carryOut(console, world, { plan, run, writer, opening, reopening, scenario, statedAuthority: stated, untilIrreversible });
};

/** Who activates the plan, and how we know; null: nobody yet. */
const activationOf = (stated: ReturnType<typeof statedAuthority>, scenario: Scenario | null) => {
  if (stated) return { ...stated, source: 'command line' };
  return scenario && { by: scenario.authority, reason: scenario.authorityReason, source: `scenario ${scenario.name}` };
};

export const scenarioFor = (world: Composed, { scenario }: Pick<RunOptions, 'scenario'>): Scenario | null =>
  world.name === 'aws' || scenario === false ? null : scenarioNamed(scenario);

export const run = async (console: Console, options: RunOptions): Promise<Ended> => {
  const { settings } = documentsOf(console, options);
  const place = await worldPlace(console, options, settings);
  const store = await storeOf(console, options);
  const writer = thisProcess(options.authority ?? 'altsite run');
  const claim = await claimRecovery(store, recoveryOf(place, settings), writer);
  try {
    if (options.published !== undefined) {
      const deployed = await deploySite(console, settings.sites.alternate.name, options);
      if (deployed.exitCode !== 0) return deployed;
    }
    const world = await enter(console, place, store, settings, 'altsite run');
    try {
      const report = await startRun(console, world, await planFor(console, world, options), options, { writer, claim });
      return endedWith(await withPage(console, world, report));
    } finally {
      await world.leave();
    }
  } finally {
    await claim.release();
  }
};
