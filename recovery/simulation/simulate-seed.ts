import type { Plan } from '../model/plan.js';
import { later, instant } from '../model/time.js';
import type { Bench } from './bench.js';
import { disasterOf, type Disaster, type DisasterOptions } from './disaster.js';
import { leftBehind } from './left-behind.js';
import type { Observed } from './observed.js';
import { SimulatedRun, type Tampering } from './simulated-run.js';
import { simulatedWorld } from './simulated-world.js';

/** One disaster, from the loss of production to the named end of its recovery. */
export const simulateSeed = async (bench: Bench, seed: number, options: DisasterOptions, tampering: Tampering = {}): Promise<Observed> => {
  const disaster = disasterOf(
    seed,
    bench.places,
    bench.plan.tasks.map(({ id }) => id),
    options,
  );
  const observed = await simulateDisaster(bench, disaster, tampering);
  if (!isComparable(disaster)) return observed;
  return { ...observed, unharmed: await simulateDisaster(bench, { ...disaster, crashes: [], rivalAtCall: null }, tampering) };
};

/** Killed or doubled, and nothing else that a few minutes' delay could change the end of. */
const isComparable = ({ crashes, rivalAtCall, faults, copied, people }: Disaster): boolean =>
  (crashes.length > 0 || rivalAtCall !== null) &&
  faults.length === 0 &&
  copied &&
  people.acknowledgesAfterSeconds !== null &&
  people.authorisesAfterSeconds !== null &&
  people.authorisesAfterSeconds <= 600;

export const simulateDisaster = async (bench: Bench, disaster: Disaster, tampering: Tampering = {}): Promise<Observed> => {
  const world = await simulatedWorld(bench, disaster);
  const plan: Plan = { ...bench.plan, targets: world.targets };
  const disruptedAt = world.disruptedAt;
  await world.sleepUntil(later(disruptedAt, disaster.detectedAfterSeconds + disaster.activatedAfterSeconds));
  const ledgerBefore = world.twin.ledger.total;
  const run = new SimulatedRun(bench, plan, world, disaster, tampering);
  const outcome = await run.carriedOut();
  const endedAt = instant(world.now());
  const faults = world.faults();
  const ledger = world.twin.ledger.since(ledgerBefore);
  return {
    run: run.name,
    plan,
    disaster,
    disruptedAt,
    rowsLost: world.rowsLost,
    entries: run.store.entries,
    writers: run.store.writers,
    calls: run.calls,
    sightings: run.sightings,
    holds: run.holds,
    lives: run.lives,
    ledger,
    faults,
    outcome,
    endedAt,
    left: await leftBehind(world),
    unharmed: null,
  };
};
