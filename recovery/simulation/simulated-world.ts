import { ImpossibleFault, inProcessTwin, type InProcessTwin, type Interfering } from '../../twin/doors/in-process.js';
import { instant, milliseconds, type Instant } from '../model/time.js';
import type { Network } from '../ports/network.js';
import type { Bench } from './bench.js';
import type { Disaster } from './disaster.js';
import type { DrawnFault } from './drawn-faults.js';
import { productionStands } from './standing/production.js';
import { rolesStand } from './standing/roles.js';
import { answerAsApplication, followSwitch, networkOver, type WebWorld } from './standing/web-site.js';

const begins = Date.parse('2030-01-01T02:00:00Z');

/** Production as it stood, the moment it was lost, and everything that goes wrong besides. */
export interface SimulatedWorld extends WebWorld {
  readonly twin: InProcessTwin;
  readonly network: Network;
  readonly disruptedAt: Instant;
  readonly snapshotAt: Instant;
  /** Orders that customers were promised and that no backup has. */
  readonly rowsLost: number;
  sleepUntil(until: Instant): Promise<void>;
  /** What is to go wrong as this task begins, does; once. */
  taskBegins(task: string): Promise<void>;
  /** Every fault there was; a fault that happens at once has no end. */
  faults(): readonly Interfering[];
}

/** The world of one disaster, at the moment production was lost. */
export const simulatedWorld = async ({ plan, durations, plugIn }: Bench, disaster: Disaster): Promise<SimulatedWorld> => {
  const twin = inProcessTwin({ seed: disaster.seed, startsAt: begins, account: plan.to.account, durations });
  plugIn(twin);
  const world: WebWorld = {
    from: plan.from,
    to: plan.to,
    targets: { ...plan.targets },
    website: new Map(),
    names: new Map(),
    dataplane: twin.dataplane,
    call: (service, operation, input = {}, region = plan.to.region) => twin.call('somebody', region, service, operation, input),
    pass: (seconds) => twin.sleepUntil(twin.now() + seconds * 1000),
    now: () => twin.now(),
  };
  await rolesStand(world, new Set(plan.tasks.map(({ team }) => team)));
  const snapshotAt = await productionStands(world, { copied: disaster.copied });
  await world.pass(disaster.disruptedAfterCopySeconds);
  const writtenBy = (at: number): number => Math.floor((at - begins) / 1000 / disaster.secondsBetweenWrites);
  const rowsSaved = writtenBy(milliseconds(snapshotAt));
  answerAsApplication(world, () => rowsSaved);
  followSwitch(world, disaster.lateness);
  const disruptedAt = instant(twin.now());
  await twin.inject('region-outage', { region: plan.from.region });
  const withTask = new Map(disaster.faults.flatMap((fault) => (fault.withTask === undefined ? [] : [[fault.withTask, fault] as const])));
  for (const fault of disaster.faults) if (fault.withTask === undefined) await goesWrong(twin, fault, fault.inSeconds);
  return {
    ...world,
    twin,
    network: networkOver(world.website, world.names),
    disruptedAt,
    snapshotAt,
    rowsLost: writtenBy(twin.now()) - rowsSaved,
    sleepUntil: async (until) => void (await twin.sleepUntil(milliseconds(until))),
    taskBegins: async (task) => {
      const fault = withTask.get(task);
      withTask.delete(task);
      if (fault) await goesWrong(twin, fault, 0);
    },
    faults: () => twin.world.interferences.history.map((told) => (told.until === told.at ? { ...told, until: undefined } : told)),
  };
};

/** What cannot happen in this world at its moment (a region returns that never went) does not. */
const goesWrong = async (twin: InProcessTwin, { name, region, forSeconds, with: given }: DrawnFault, inSeconds: number): Promise<void> => {
  const inject = async (): Promise<void> => {
    await twin.inject(name, { region, forSeconds, with: given }).catch((error: unknown) => {
      if (!(error instanceof ImpossibleFault)) throw error;
    });
  };
  if (inSeconds === 0) return inject();
  twin.world.laterOutsideRegions(inSeconds, `fault ${name} in ${region}`, inject);
};
