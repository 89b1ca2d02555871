import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { instancesOf, parameterGroupsOf, snapshotsOf, subnetGroupsOf } from './records.js';

/** RDS quotas of an account in a region, by the names DescribeAccountAttributes gives them (user guide, "Quotas in Amazon RDS"). */
export const quotas = {
  DBInstances: 40,
  ReservedDBInstances: 40,
  AllocatedStorage: 100_000,
  DBSecurityGroups: 25,
  AuthorizationsPerDBSecurityGroup: 20,
  DBParameterGroups: 50,
  ManualSnapshots: 100,
  EventSubscriptions: 20,
  DBSubnetGroups: 50,
  OptionGroups: 20,
  SubnetsPerDBSubnetGroup: 20,
  ReadReplicasPerMaster: 15,
  DBClusters: 40,
  DBClusterParameterGroups: 50,
  DBClusterRoles: 5,
  DBInstanceRoles: 5,
} as const;

/** Not among the attributes: copies on their way to a region, and backups replicated to it. */
export const copiesInProgress = 20;
export const replicatedBackups = 20;

const gibibytes = (ctx: Context): number => [...instancesOf(ctx).values()].reduce((sum, { view }) => sum + (view.AllocatedStorage ?? 0), 0);
const manual = (ctx: Context): number => [...snapshotsOf(ctx).values()].filter(({ view }) => view.SnapshotType === 'manual').length;

/** @throws AwsError InstanceQuotaExceededFault */
export const mustAllowInstance = (ctx: Context): void => {
  if (instancesOf(ctx).size >= quotas.DBInstances)
    throw new AwsError('InstanceQuotaExceededFault', `Cannot create more than ${quotas.DBInstances} DB instances`);
};
/** @throws AwsError StorageQuotaExceededFault */
export const mustAllowStorage = (ctx: Context, more: number): void => {
  if (gibibytes(ctx) + more > quotas.AllocatedStorage) {
    throw new AwsError(
      'StorageQuotaExceededFault',
      `Cannot allocate ${more} GiB: the DB instances of this region would exceed ${quotas.AllocatedStorage} GiB of storage in total.`,
    );
  }
};
/** Snapshots of AWS Backup do not count (user guide, "Quotas in Amazon RDS"). @throws AwsError SnapshotQuotaExceededFault */
export const mustAllowSnapshot = (ctx: Context, type: string): void => {
  if (type === 'manual' && manual(ctx) >= quotas.ManualSnapshots)
    throw new AwsError('SnapshotQuotaExceededFault', `Cannot create more than ${quotas.ManualSnapshots} manual snapshots`);
};
/** @throws AwsError SnapshotQuotaExceededFault */
export const mustAllowCopy = (ctx: Context): void => {
  const under = [...snapshotsOf(ctx).values()].filter(({ view }) => view.Status === 'creating' && view.SourceRegion !== undefined);
  if (under.length >= copiesInProgress) {
    throw new AwsError(
      'SnapshotQuotaExceededFault',
      `Cannot copy more than ${copiesInProgress} snapshots at a time from other regions to ${ctx.region}: ${under.length} are in progress.`,
    );
  }
};

export const accountAttributes = {
  DescribeAccountAttributes: (_input, ctx) => {
    const used: Partial<Record<keyof typeof quotas, number>> = {
      DBInstances: instancesOf(ctx).size,
      AllocatedStorage: gibibytes(ctx),
      DBParameterGroups: parameterGroupsOf(ctx).size,
      ManualSnapshots: manual(ctx),
      DBSubnetGroups: subnetGroupsOf(ctx).size,
      SubnetsPerDBSubnetGroup: Math.max(0, ...[...subnetGroupsOf(ctx).values()].map(({ Subnets = [] }) => Subnets.length)),
      ReadReplicasPerMaster: Math.max(
        0,
        ...[...instancesOf(ctx).values()].map(({ view }) => view.ReadReplicaDBInstanceIdentifiers?.length ?? 0),
      ),
    };
    const names = Object.keys(quotas) as (keyof typeof quotas)[];
    return { AccountQuotas: names.map((name) => ({ AccountQuotaName: name, Used: used[name] ?? 0, Max: quotas[name] })) };
  },
} satisfies Operations<typeof RDS>;
