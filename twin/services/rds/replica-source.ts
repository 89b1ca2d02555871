import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { quotas } from './quotas.js';
import { instanceNamed, invalidValue, mustBeAvailable, mustReach, type InstanceRecord } from './records.js';

/** @throws AwsError when there is no such source, or it cannot have another replica now. */
export const replicable = async (ctx: Context, id: string | undefined): Promise<{ source: InstanceRecord; there: Context }> => {
  if (id === undefined) throw invalidValue('The parameter SourceDBInstanceIdentifier must be provided and must not be blank.');
  const region = id.startsWith('arn:') ? id.split(':')[3]! : ctx.region;
  const there = mustReach(ctx, region);
  if (region !== ctx.region) await there.onBehalf('rds').call('rds', 'DescribeDBInstances', { DBInstanceIdentifier: id });
  const source = instanceNamed(there, id);
  const { view } = source;
  if (source.replicaOf) {
    throw new AwsError('NotModelled', `NotModelled: a read replica of the read replica ${view.DBInstanceIdentifier}`, { status: 501 });
  }
  mustBeAvailable(source, `Cannot create a read replica because the DB instance ${id} is not in the available state.`);
  if (view.BackupRetentionPeriod === 0) {
    throw new AwsError(
      'InvalidDBInstanceStateFault',
      'Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the ' +
        'backup retention period to a non-zero value.',
    );
  }
  if ((view.ReadReplicaDBInstanceIdentifiers?.length ?? 0) >= quotas.ReadReplicasPerMaster)
    throw new AwsError('InstanceQuotaExceededFault', `Cannot create more than ${quotas.ReadReplicasPerMaster} read replicas of ${id}`);
  return { source, there };
};
