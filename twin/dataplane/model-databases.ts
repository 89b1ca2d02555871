import type { DataKey, Databases } from '../world/dataplane.js';

/** A database is its master password, and every earlier one with the moment it was set. */
export interface ModelDatabase {
  readonly password: string;
}
interface Version extends ModelDatabase {
  readonly at: number;
}
interface Kept {
  readonly versions: Version[];
  /** Name of the database it follows. */
  follows?: string;
  readonly password: string;
}

const name = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** Databases without processes: what is restored, recovered or replicated is told by the password it has. */
export const modelDatabases = (now: () => number) => {
  const databases = new Map<string, Kept>();
  const snapshots = new Map<string, ModelDatabase>();
  const logs = new Map<string, readonly Version[]>();
  const need = <T>(map: Map<string, T>, key: DataKey): T => {
    const found = map.get(name(key));
    if (found === undefined) throw new Error(`the data plane has no ${name(key)}`);
    return found;
  };
  const holding = (versions: Version[]): Kept => ({
    versions,
    get password() {
      return versions.at(-1)!.password;
    },
  });
  const begin = (key: DataKey, password: string): void => void databases.set(name(key), holding([{ at: now(), password }]));
  const there = async (key: DataKey): Promise<void> => void need(databases, key);
  const plane: Databases = {
    create: async (key, spec) => begin(key, spec.masterPassword),
    restore: async (snapshot, key) => begin(key, need(snapshots, snapshot).password),
    setPassword: async (key, _username, password) => {
      need(databases, key).versions.push({ at: now(), password });
      for (const other of databases.values()) if (other.follows === name(key)) other.versions.push({ at: now(), password });
    },
    reboot: there,
    stop: there,
    start: there,
    destroy: async (key) => void databases.delete(name(key)),
    snapshot: async (key, snapshot) => {
      snapshots.set(name(snapshot), { password: need(databases, key).password });
      return { bytes: 30_000_000 };
    },
    copySnapshot: async (from, to) => {
      snapshots.set(name(to), { ...need(snapshots, from) });
      return { bytes: 30_000_000 };
    },
    deleteSnapshot: async (snapshot) => void snapshots.delete(name(snapshot)),
    shipLog: async (key, log) => void logs.set(name(log), [...need(databases, key).versions]),
    copyLog: async (from, to) => void logs.set(name(to), need(logs, from)),
    deleteLog: async (log) => void logs.delete(name(log)),
    recover: async ({ snapshot, log, instant }, key) => {
      const known = need(logs, log).findLast(({ at }) => at <= instant);
      begin(key, (known ?? need(snapshots, snapshot)).password);
    },
    replicate: async (source, key) => {
      const { versions } = need(databases, source);
      databases.set(name(key), Object.assign(holding([...versions]), { follows: name(source) }));
    },
    promote: async (key) => void delete need(databases, key).follows,
    answers: async (key) => databases.has(name(key)),
  };
  const loseRegion = (region: string): void => {
    for (const map of [databases, snapshots, logs]) for (const key of map.keys()) if (key.split('/')[1] === region) map.delete(key);
  };
  return { databases, snapshots, logs, plane, loseRegion };
};
