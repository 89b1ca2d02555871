import type { DataKey, Databases } from '../world/dataplane.js';
import { RegionMap } from './region-map.js';

/** A database is its master password, and every earlier one with the moment it was set. */
export interface ModelDatabase {
  readonly password: string;
  /** People get in and cannot read their tables. */
  readonly damaged: boolean;
}
interface Version {
  readonly password: string;
  readonly at: number;
}
interface Kept extends ModelDatabase {
  readonly versions: Version[];
  /** Name of the database it follows. */
  follows?: string;
}

const name = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** Databases without processes: what is restored, recovered or replicated is told by the password it has. */
export const modelDatabases = (now: () => number) => {
  const databases = new RegionMap<Kept>();
  const snapshots = new RegionMap<ModelDatabase & { readonly key: DataKey }>();
  const logs = new RegionMap<readonly Version[]>();
  const need = <T>(map: Map<string, T>, key: DataKey): T => {
    const found = map.get(name(key));
    if (found === undefined) throw new Error(`the data plane has no ${name(key)}`);
    return found;
  };
  const holding = (versions: Version[], damaged = false): Kept => ({
    versions,
    damaged,
    get password() {
      return versions.at(-1)!.password;
    },
  });
  const begin = (key: DataKey, { password, damaged = false }: { password: string; damaged?: boolean }): void =>
    void databases.set(name(key), holding([{ at: now(), password }], damaged));
  const there = async (key: DataKey): Promise<void> => void need(databases, key);
  const plane: Databases = {
    create: async (key, spec) => begin(key, { password: spec.masterPassword }),
    restore: async (snapshot, key) => begin(key, need(snapshots, snapshot)),
    setPassword: async (key, _username, password) => {
      need(databases, key).versions.push({ at: now(), password });
      for (const other of databases.values()) if (other.follows === name(key)) other.versions.push({ at: now(), password });
    },
    requireTls: there,
    reboot: there,
    stop: there,
    start: there,
    destroy: async (key) => void databases.delete(name(key)),
    snapshot: async (key, snapshot) => {
      const { password, damaged } = need(databases, key);
      snapshots.set(name(snapshot), { key: snapshot, password, damaged });
      return { bytes: 30_000_000 };
    },
    copySnapshot: async (from, to) => {
      snapshots.set(name(to), { ...need(snapshots, from), key: to });
      return { bytes: 30_000_000 };
    },
    deleteSnapshot: async (snapshot) => void snapshots.delete(name(snapshot)),
    snapshotsIn: (region) => [...snapshots.values()].map(({ key }) => key).filter((key) => key.region === region),
    damageSnapshot: async (snapshot) => {
      snapshots.set(name(snapshot), { ...need(snapshots, snapshot), damaged: true });
      return 1;
    },
    shipLog: async (key, log) => void logs.set(name(log), [...need(databases, key).versions]),
    copyLog: async (from, to) => void logs.set(name(to), need(logs, from)),
    deleteLog: async (log) => void logs.delete(name(log)),
    recover: async ({ snapshot, log, instant }, key) => {
      const known = need(logs, log).findLast(({ at }) => at <= instant);
      const taken = need(snapshots, snapshot);
      begin(key, { ...taken, ...known });
    },
    replicate: async (source, key) => {
      const { versions, damaged } = need(databases, source);
      databases.set(name(key), Object.assign(holding([...versions], damaged), { follows: name(source) }));
    },
    promote: async (key) => void delete need(databases, key).follows,
    answers: async (key) => databases.has(name(key)),
  };
  const all = [databases, snapshots, logs];
  const loseRegion = (region: string): void => all.forEach((map) => map.moveAway(region));
  const returnRegion = (region: string): void => all.forEach((map) => map.bringBack(region));
  return { databases, snapshots, logs, plane, loseRegion, returnRegion };
};
