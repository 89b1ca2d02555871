import type { Dataplane, LoadBalancerListener, TaskSpec } from '../world/dataplane.js';
import { modelDatabases, type ModelDatabase } from './model-databases.js';

export interface ModelDataplane extends Dataplane {
  readonly databaseNames: ReadonlyMap<string, ModelDatabase>;
  readonly snapshotNames: ReadonlyMap<string, ModelDatabase>;
  readonly logNames: ReadonlyMap<string, unknown>;
  readonly taskSpecs: ReadonlyMap<string, TaskSpec>;
  readonly openLoadBalancers: ReadonlyMap<string, readonly LoadBalancerListener[]>;
  /** What a probe of an address or name answers; 200 unless set. */
  readonly probeAnswers: Map<string, number>;
}

/** A data plane without processes: databases are passwords and sizes, tasks only start and stop. For simulation and for tests of services. */
export const modelDataplane = (): ModelDataplane => {
  let now = 0;
  const databases = modelDatabases(() => now);
  const tasks = new Map<string, TaskSpec>();
  let lostTasks: TaskSpec[] = [];
  const loadBalancers = new Map<string, readonly LoadBalancerListener[]>();
  const names = new Map<string, readonly string[]>();
  const probeAnswers = new Map<string, number>();
  let addresses = 0;
  return {
    databaseNames: databases.databases,
    snapshotNames: databases.snapshots,
    logNames: databases.logs,
    taskSpecs: tasks,
    openLoadBalancers: loadBalancers,
    probeAnswers,
    network: {
      allocateAddress: () => `127.9.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`,
      announce: (hostname, list) => void (list.length ? names.set(hostname, list) : names.delete(hostname)),
      addressesOf: (hostname) => names.get(hostname) ?? [],
      probe: async ({ host }) => ({ reached: true, status: probeAnswers.get(host) ?? 200, body: '' }),
    },
    databases: databases.plane,
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
      databases.loseRegion(region);
      for (const [id, spec] of tasks) {
        if (spec.region !== region) continue;
        tasks.delete(id);
        lostTasks.push(spec);
      }
    },
    returnRegion: async (region) => {
      databases.returnRegion(region);
      const gone = lostTasks.filter((spec) => spec.region === region);
      lostTasks = lostTasks.filter((spec) => spec.region !== region);
      for (const { onExit } of gone) onExit(137);
    },
    tellTime: (instant) => void (now = instant),
    close: async () => undefined,
  };
};
