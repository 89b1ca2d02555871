/** The only place that picks adapters: from options and environment to everything a run touches. */
import { orchestrator } from '../../lib/contract/names.js';
import type { Settings } from '../../lib/contract/settings.js';
import { awsClients } from '../adapters/aws-clients.js';
import type { TwinDescription } from '../adapters/find-twin.js';
import type { Home } from '../adapters/home.js';
import { network } from '../adapters/network.js';
import { planFiles } from '../adapters/plan-files.js';
import { systemClock } from '../adapters/system-clock.js';
import { noAudit, twinAudit } from '../adapters/twin-audit.js';
import { twinClock } from '../adapters/twin-clock.js';
import { checks } from '../checks/index.js';
import type { Mode, WorldName } from '../model/plan.js';
import { loadPlan, type PlanDocuments } from '../planning/load-plan.js';
import type { Aws } from '../ports/aws.js';
import type { CallAudit } from '../ports/call-audit.js';
import type { Clock } from '../ports/clock.js';
import type { Network } from '../ports/network.js';
import type { RunStore } from '../ports/run-store.js';
import { steps } from '../steps/index.js';
import type { Console } from './command.js';
import { homeOf } from './home-of.js';
import { plansFolder } from './settings-file.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';
import { worldPlace, type WorldPlace } from './world-place.js';

export type WorldOptions = StoreOptions;

/** A world to work in; `leave` gives back what it holds (the twin's clock). */
export interface Composed {
  readonly name: WorldName;
  readonly home: Home;
  readonly store: RunStore;
  readonly clock: Clock;
  /** AWS as the recovery around its tasks calls it. */
  readonly aws: Aws;
  /** AWS as the tasks of a team call it, in this run. */
  readonly awsOf: (team: string, run: string) => Aws;
  /** AWS as whoever gave the command calls it: for what is no recovery. */
  readonly ownAws: Aws;
  readonly network: Network;
  readonly audit: CallAudit;
  readonly twin: TwinDescription | null;
  leave(): Promise<void>;
}

/** @throws RecoveryError `invalid` with every problem of the plan's documents. */
export const documentsOf = ({ cwd }: Console, options: WorldOptions, mode: Mode = 'failover'): PlanDocuments =>
  loadPlan(options.plans ?? 'plans/ambassify', mode, planFiles(plansFolder(cwd, options.plans)), { steps, checks });

/** Enters the world that the options name. @throws RecoveryError `invalid` when there is none. */
export const compose = async (console: Console, options: WorldOptions, settings: Settings, owner: string): Promise<Composed> =>
  enter(console, await worldPlace(console, options, settings), await storeOf(console, options), settings, owner);

/** Takes what has to be taken of a world: the twin's clock. */
export const enter = async (console: Console, place: WorldPlace, store: RunStore, settings: Settings, owner: string): Promise<Composed> => {
  const { name, twin } = place;
  const { domain: zone } = settings;
  const clock = twin?.clock ? await twinClock(twin.url, owner) : null;
  const headers = (): Record<string, string> => (clock ? { 'x-altsite-lease': clock.lease } : {});
  const acting = { clock: clock ?? systemClock, headers };
  const teams = new Map<string, Aws>();
  return {
    name,
    home: homeOf(console),
    store,
    clock: acting.clock,
    aws: place.as(orchestrator, { session: owner, ...acting }),
    awsOf: (team, run) => {
      const key = `${team}/${run}`;
      const made = teams.get(key) ?? place.as(team, { session: run, ...acting });
      teams.set(key, made);
      return made;
    },
    ownAws: awsClients({ ...place.clients, headers }),
    network: network(
      twin
        ? {
            authoritative: twin.dns ? [twin.dns] : [],
            // HTTPS goes by the first; the proof asks them all.
            resolvers: [twin.resolver, twin.overHoldingResolver].flatMap((server) => server ?? []),
            zone,
            authority: twin.certificateAuthority,
            privilegedPortOffset: twin.privilegedPortOffset,
            loopbackOnly: true,
          }
        : { authoritative: null, resolvers: null, zone, authority: null, privilegedPortOffset: 0, loopbackOnly: false },
    ),
    audit: twin?.clock ? twinAudit(twin.url, settings) : noAudit,
    twin,
    leave: async () => clock?.release(),
  };
};
