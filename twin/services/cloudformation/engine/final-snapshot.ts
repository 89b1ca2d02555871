import type { Context } from '../../../world/context.js';

type DeleteWithSnapshot = (physicalId: string, snapshotId: string, ctx: Context) => Promise<unknown>;

/** Types whose removal policy may be Snapshot: how each is deleted with a last snapshot. */
const deletions: Readonly<Record<string, DeleteWithSnapshot>> = {
  'AWS::RDS::DBInstance': (physicalId, snapshotId, ctx) =>
    ctx.call('rds', 'DeleteDBInstance', {
      DBInstanceIdentifier: physicalId,
      SkipFinalSnapshot: false,
      FinalDBSnapshotIdentifier: snapshotId,
    }),
};

export const canSnapshot = (type: string): boolean => type in deletions;

/** Deletes a resource, leaving a last snapshot named `snapshotId`. */
export const deleteWithSnapshot = async (type: string, physicalId: string, snapshotId: string, ctx: Context): Promise<void> => {
  const deletion = deletions[type];
  if (!deletion) throw new Error(`${type} has no snapshots`);
  await deletion(physicalId, snapshotId, ctx);
};
