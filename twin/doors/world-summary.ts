import type { Service, Shown } from '../services/service.js';
import type { CallLedger } from '../world/calls.js';
import type { Timekeeper } from '../world/timekeeper.js';
import type { World } from '../world/world.js';
import { countRecords } from './count-records.js';

export interface SummaryParts {
  readonly world: World;
  readonly timekeeper: Timekeeper;
  readonly ledger: CallLedger;
  readonly services: readonly Service[];
  readonly seed: number | string;
}

/** What is in the world at one place: a region of an account, or what is global in it. */
export interface PlaceSummary {
  readonly account: string;
  /** `global`: of no region, as zones are. */
  readonly region: string;
  readonly isLost: boolean;
  readonly shown: readonly Shown[];
}

/** Answers `GET /_twin/summary`: what is in a running twin now. */
export interface WorldSummary {
  readonly seed: number | string;
  /** World time, ISO 8601. */
  readonly now: string;
  /** How the clock moves. */
  readonly clock: string;
  readonly speed: number;
  /** Who holds the clock; null: nobody. */
  readonly owner: string | null;
  readonly lostRegions: readonly string[];
  /** Active now, with the end where one is in sight. */
  readonly faults: readonly { readonly name: string; readonly region: string; readonly until: string | null }[];
  readonly services: readonly { readonly id: string; readonly operations: number }[];
  readonly places: readonly PlaceSummary[];
  /** How many records of each kind there are, by place. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly pendingEvents: number;
  readonly calls: number;
}

export const worldSummary = ({ world, timekeeper, ledger, services, seed }: SummaryParts): WorldSummary => ({
  seed,
  now: new Date(world.now()).toISOString(),
  clock: timekeeper.moves,
  speed: timekeeper.speed,
  owner: timekeeper.owner ?? null,
  lostRegions: world.lostRegions,
  faults: world.interferences.history
    .filter((one) => world.interferences.isActive(one))
    .map(({ name, region, until }) => ({ name, region, until: until === undefined ? null : new Date(until).toISOString() })),
  services: services.map(({ id, operations }) => ({ id, operations: Object.keys(operations).length })),
  places: placesOf(world, services),
  resources: countRecords(world.records.entries()),
  pendingEvents: world.pendingEvents,
  calls: ledger.total,
});

/** Places that hold anything worth a person's look; a region that is lost always is. */
const placesOf = (world: World, services: readonly Service[]): PlaceSummary[] => {
  const held = world.records.entries().map(({ place }) => place);
  return [...new Set(held)]
    .filter((place) => place !== '')
    .sort()
    .map((place) => {
      const [account = '', region] = place.split('/');
      const caller = { principalArn: `arn:aws:iam::${account}:root`, via: 'twin', ownsClock: false };
      // A global service's records are the account's, wherever they are asked for.
      const ctx = world.context({ account, region: region ?? 'us-east-1', caller });
      const reach = region === undefined ? 'global' : 'regional';
      const shown = services.filter((one) => one.reach === reach).flatMap((one) => one.shown?.(ctx) ?? []);
      return { account, region: region ?? 'global', isLost: region !== undefined && world.regionIsLost(region), shown };
    })
    .filter(({ shown, isLost }) => shown.length > 0 || isLost);
};
