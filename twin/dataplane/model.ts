import type { DataKey, Dataplane, LoadBalancerListener, TaskSpec } from '../world/dataplane.js';

const name = ({ account, region, id }: DataKey): string => `${account}/${region}/${id}`;

/** A data plane without processes: databases are passwords and sizes, tasks only start and stop. For simulation and for tests of services. */
export const modelDataplane = (): Dataplane & {
  readonly databaseNames: ReadonlyMap<string, { password: string }>;
  readonly snapshotNames: ReadonlyMap<string, { password: string }>;
  readonly taskSpecs: ReadonlyMap<string, TaskSpec>;
  readonly openLoadBalancers: ReadonlyMap<string, readonly LoadBalancerListener[]>;
  /** What a probe of an address or name answers; 200 unless set. */
  readonly probeAnswers: Map<string, number>;
} => {
  const databases = new Map<string, { password: string }>();
  const snapshots = new Map<string, { password: string }>();
  const tasks = new Map<string, TaskSpec>();
  const loadBalancers = new Map<string, readonly LoadBalancerListener[]>();
  const names = new Map<string, readonly string[]>();
  const probeAnswers = new Map<string, number>();
  let addresses = 0;
  const need = <T>(map: Map<string, T>, key: string): T => {
    const found = map.get(key);
    if (found === undefined) throw new Error(`the data plane has no ${key}`);
    return found;
  };
  const dropRegion = (map: Map<string, unknown>, region: string): void => {
    for (const key of map.keys()) if (key.split('/')[1] === region) map.delete(key);
  };
  return {
    databaseNames: databases,
    snapshotNames: snapshots,
    taskSpecs: tasks,
    openLoadBalancers: loadBalancers,
    probeAnswers,
    network: {
      allocateAddress: () => `127.9.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`,
      announce: (hostname, list) => void (list.length ? names.set(hostname, list) : names.delete(hostname)),
      addressesOf: (hostname) => names.get(hostname) ?? [],
      probe: async ({ host }) => ({ reached: true, status: probeAnswers.get(host) ?? 200, body: '' }),
    },
    databases: {
      create: async (key, spec) => void databases.set(name(key), { password: spec.masterPassword }),
      restore: async (snapshot, key) => void databases.set(name(key), { ...need(snapshots, name(snapshot)) }),
      setPassword: async (key, _username, password) => void databases.set(name(key), { password }),
      reboot: async (key) => void need(databases, name(key)),
      stop: async (key) => void need(databases, name(key)),
      start: async (key) => void need(databases, name(key)),
      destroy: async (key) => void databases.delete(name(key)),
      snapshot: async (key, snapshot) => {
        snapshots.set(name(snapshot), { ...need(databases, name(key)) });
        return { bytes: 30_000_000 };
      },
      copySnapshot: async (from, to) => {
        snapshots.set(name(to), { ...need(snapshots, name(from)) });
        return { bytes: 30_000_000 };
      },
      deleteSnapshot: async (snapshot) => void snapshots.delete(name(snapshot)),
      answers: async (key) => databases.has(name(key)),
    },
    tasks: {
      knowsImage: () => true,
      run: async (id, spec) => void tasks.set(id, spec),
      stop: async (id) => {
        const spec = tasks.get(id);
        tasks.delete(id);
        spec?.onExit(0);
      },
    },
    loadBalancers: {
      open: async (id, spec) => void loadBalancers.set(id, spec.listeners),
      close: async (id) => void loadBalancers.delete(id),
    },
    dns: { serve: () => undefined },
    loseRegion: async (region) => {
      dropRegion(databases, region);
      dropRegion(snapshots, region);
      for (const [id, spec] of tasks) if (spec.region === region) tasks.delete(id);
    },
    tellTime: () => undefined,
    close: async () => undefined,
  };
};
