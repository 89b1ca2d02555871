import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { dropBackups, retainBackups } from './keep-backups.js';
import { describe } from './launch.js';
import { databaseKey, instanceNamed, instancesOf, invalidCombination, stillThere, tagsOf } from './records.js';
import { leaveReplication } from './replication-status.js';
import { takeSnapshot } from './snapshots.js';

/** Statuses a deletion is accepted in; only in the first can a final snapshot be taken. */
const deletable = ['available', 'storage-full', 'stopped', 'failed', 'incompatible-restore', 'incompatible-network'];

export const deleteInstance = {
  DeleteDBInstance: async (input, ctx) => {
    accept('rds.DeleteDBInstance', input, [
      'DBInstanceIdentifier',
      'SkipFinalSnapshot',
      'FinalDBSnapshotIdentifier',
      'DeleteAutomatedBackups',
    ]);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    const { view } = record;
    if (view.DeletionProtection)
      throw invalidCombination('Cannot delete protected DB Instance, please disable deletion protection and try again.');
    const skip = input.SkipFinalSnapshot ?? false;
    if (!skip && input.FinalDBSnapshotIdentifier === undefined) {
      throw invalidCombination('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
    }
    if (skip && input.FinalDBSnapshotIdentifier !== undefined) {
      throw invalidCombination('FinalDBSnapshotIdentifier can not be specified when deleting with SkipFinalSnapshot.');
    }
    if (!skip && record.replicaOf)
      throw invalidCombination('FinalDBSnapshotIdentifier can not be specified when deleting a replica instance');
    if (!skip && view.DBInstanceStatus !== 'available') {
      throw new AwsError(
        'InvalidDBInstanceStateFault',
        `A final snapshot of ${view.DBInstanceIdentifier} cannot be taken while it is ${view.DBInstanceStatus}.`,
      );
    }
    if (!deletable.includes(view.DBInstanceStatus)) {
      throw new AwsError(
        'InvalidDBInstanceStateFault',
        `Instance ${view.DBInstanceIdentifier} is already being deleted or is not in a state to be: ${view.DBInstanceStatus}.`,
      );
    }
    if (!skip) await takeSnapshot(ctx, record, { id: input.FinalDBSnapshotIdentifier!, type: 'manual', tags: [] });
    view.DBInstanceStatus = 'deleting';
    record.keepsBackups = input.DeleteAutomatedBackups === false;
    ctx.after(ctx.takes('rds.delete-instance'), `rds: ${view.DBInstanceIdentifier} is gone`, (then) => remove(then, view.DbiResourceId));
    return { DBInstance: describe(ctx, record) };
  },
} satisfies Operations<typeof RDS>;

const remove = async (ctx: Context, resourceId: string): Promise<void> => {
  const record = stillThere(ctx, resourceId);
  if (!record) return;
  const { view } = record;
  if (view.Endpoint?.Address !== undefined) {
    ctx.dataplane.network.announce(view.Endpoint.Address, []);
    await (record.keepsBackups ? retainBackups : dropBackups)(ctx, resourceId);
    await leaveReplication(ctx, record);
    await ctx.dataplane.databases.destroy(databaseKey(ctx, resourceId));
  }
  instancesOf(ctx).delete(view.DBInstanceIdentifier);
  tagsOf(ctx).delete(view.DBInstanceArn);
};
