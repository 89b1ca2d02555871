import type { DataKey } from '../world/dataplane.js';
import { ImpossibleFault, type Fault } from './fault.js';
import { optionalText } from './parameters.js';

/** A backup that looks like any other: it is complete, it restores, its database starts and lets people in, and their tables cannot be read. */
export const corruptRecoveryPoint: Fault = {
  name: 'corrupt-recovery-point',
  description: "the tables in one region's newest DB snapshot (or in one that is named) are damaged; it restores without complaint",
  parameters: { snapshot: "the DB snapshot's identifier, or the ARN of the recovery point (default: the newest in the region)" },
  inject: async (world, target) => {
    if (target.forSeconds !== undefined) throw new ImpossibleFault('damage does not mend: leave the duration out');
    const named = optionalText(target, 'snapshot');
    const all = world.dataplane.databases.snapshotsIn(target.region);
    const chosen = named === undefined ? all.at(-1) : all.find(isOf(named));
    if (!chosen) {
      const are = all.length > 0 ? `there are ${all.map(({ id }) => id).join(', ')}` : 'there are none';
      throw new ImpossibleFault(`there is no snapshot ${named ?? 'at all'} in ${target.region}: ${are}`);
    }
    const pages = await world.dataplane.databases.damageSnapshot(chosen);
    if (pages === 0) throw new ImpossibleFault(`${chosen.id} in ${target.region} has no tables that could be damaged`);
    return undefined;
  },
};

/** The data plane calls snapshots by their identifiers, with a dash for the colon of `awsbackup:…`. */
const isOf = (named: string): ((snapshot: DataKey) => boolean) => {
  const identifier = named.replace(/^arn:aws:rds:[^:]+:\d{12}:snapshot:/, '');
  return ({ id }) => id.endsWith(`-${identifier.replace(':', '-')}`);
};
