import type { LeftBehind } from './observed.js';
import type { SimulatedWorld } from './simulated-world.js';
import { instancesNow } from './standing/data.js';
import { serviceStackNow } from './standing/stack.js';
import { controlsNow } from './standing/routing-controls.js';
import { epochNow, switchNow } from './standing/traffic.js';

/** What stands at the site recovered to once everything that went wrong is over but the loss of production. */
export const leftBehind = async (world: SimulatedWorld): Promise<LeftBehind> => {
  const { twin, to, from } = world;
  const { interferences } = twin.world;
  for (const { name, region } of interferences.history) interferences.end(name, region);
  for (const region of twin.world.lostRegions.filter((one) => one !== from.region)) await twin.world.returnRegion(region);
  const { RestoreJobs } = await world.call<{ RestoreJobs: { Status: string }[] }>('backup', 'ListRestoreJobs');
  const { Parameter } = await world.call<{ Parameter: { Value: string } }>('ssm', 'GetParameter', {
    Name: world.targets.site.databaseEndpointParameter,
  });
  return {
    liveRestores: RestoreJobs.filter(({ Status }) => ['PENDING', 'RUNNING', 'COMPLETED'].includes(Status)).length,
    instances: (await instancesNow(world)).map(({ DBInstanceIdentifier, BackupRetentionPeriod, DeletionProtection }) => ({
      DBInstanceIdentifier,
      BackupRetentionPeriod,
      DeletionProtection,
    })),
    epoch: (await epochNow(world)) ?? null,
    switchedBy: ((await switchNow(world)) as { run: string } | undefined)?.run ?? null,
    controls: (await controlsNow(world)) ?? null,
    tasks: [...world.dataplane.taskSpecs.values()].filter(({ region }) => region === to.region).length,
    endpoint: Parameter.Value,
    passwords: [...world.dataplane.databaseNames.values()].map(({ password }) => password),
    stack: (await serviceStackNow(world)).Parameters,
  };
};
