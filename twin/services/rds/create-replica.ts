import type * as RDS from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { settings } from './create-instance.js';
import { encryptionKey } from './encryption-key.js';
import { checkClass } from './engines.js';
import { checkOptionGroup } from './option-groups.js';
import { checkPort, freeIdentifier, launch } from './launch.js';
import { place } from './placement.js';
import {
  databaseKey,
  instancesOf,
  invalidCombination,
  invalidValue,
  stillThere,
  subnetGroupNamed,
  type InstanceRecord,
} from './records.js';
import { replicable } from './replica-source.js';
import { mutualName } from './replication-status.js';

export const createReplica = {
  /** Backups are off; what the request does not say comes from the source, as far as it exists in this region. */
  CreateDBInstanceReadReplica: async (input, ctx) => {
    accept('rds.CreateDBInstanceReadReplica', input, [
      'DBInstanceIdentifier',
      'SourceDBInstanceIdentifier',
      'DBInstanceClass',
      'AvailabilityZone',
      'Port',
      'MultiAZ',
      'AutoMinorVersionUpgrade',
      'Iops',
      'StorageThroughput',
      'OptionGroupName',
      'DBParameterGroupName',
      'PubliclyAccessible',
      'Tags',
      'DBSubnetGroupName',
      'VpcSecurityGroupIds',
      'StorageType',
      'CopyTagsToSnapshot',
      'MonitoringInterval',
      'MonitoringRoleArn',
      'KmsKeyId',
      'PreSignedUrl',
      'EnableCloudwatchLogsExports',
      'DeletionProtection',
      'NetworkType',
      'MaxAllocatedStorage',
      'AllocatedStorage',
      'CACertificateIdentifier',
    ]);
    checkOptionGroup(input.OptionGroupName);
    const id = freeIdentifier(ctx, input.DBInstanceIdentifier);
    const { source, there } = await replicable(ctx, input.SourceDBInstanceIdentifier);
    const from = source.view;
    const sameRegion = there.region === ctx.region;
    const instanceClass = input.DBInstanceClass ?? from.DBInstanceClass;
    checkClass(instanceClass);
    const storage = input.AllocatedStorage ?? from.AllocatedStorage!;
    if (storage < from.AllocatedStorage!)
      throw invalidCombination('The allocated storage size of a read replica cannot be less than its source.');
    const port = checkPort(input.Port ?? source.port);
    const replicaOf = databaseKey(there, from.DbiResourceId);
    const DBInstance = launch(ctx, {
      id,
      port,
      replicaOf,
      parameterGroup: input.DBParameterGroupName ?? (sameRegion ? from.DBParameterGroups?.[0]?.DBParameterGroupName : undefined),
      tags: input.Tags ?? [],
      placement: await place(ctx, { ...input, DBSubnetGroupName: subnetGroupOf(ctx, source, input.DBSubnetGroupName, sameRegion) }),
      takes: 'rds.create-replica',
      view: {
        AutoMinorVersionUpgrade: from.AutoMinorVersionUpgrade,
        PreferredBackupWindow: from.PreferredBackupWindow,
        PreferredMaintenanceWindow: from.PreferredMaintenanceWindow,
        ...settings(input),
        Engine: from.Engine,
        EngineVersion: from.EngineVersion,
        DBInstanceClass: instanceClass,
        MasterUsername: from.MasterUsername,
        DBName: from.DBName,
        AllocatedStorage: storage,
        StorageType: input.StorageType ?? from.StorageType,
        StorageEncrypted: from.StorageEncrypted,
        ...(await keyOf(ctx, source, input.KmsKeyId, sameRegion)),
        BackupRetentionPeriod: 0,
        EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports,
        ReadReplicaSourceDBInstanceIdentifier: sameRegion ? from.DBInstanceIdentifier : from.DBInstanceArn,
      },
      start: async (then, record) => {
        // What is gone, or out of reach, by now cannot be copied any more.
        if (then.regionIsLost(replicaOf.region) || !stillThere(then.at(replicaOf), replicaOf.id)) return 'failed';
        await then.dataplane.databases.replicate(replicaOf, databaseKey(then, record.view.DbiResourceId), {
          address: record.address,
          hostname: record.hostname,
          port,
        });
        return undefined;
      },
    });
    (from.ReadReplicaDBInstanceIdentifiers ??= []).push(mutualName(instancesOf(ctx).get(id)!, source));
    return { DBInstance };
  },
} satisfies Operations<typeof RDS>;

/** In the source's region its own subnet group, or another of the same VPC; elsewhere what is asked for, or the default VPC. */
const subnetGroupOf = (ctx: Context, { view }: InstanceRecord, asked: string | undefined, sameRegion: boolean): string | undefined => {
  if (!sameRegion) return asked;
  const own = view.DBSubnetGroup!;
  if (asked !== undefined && subnetGroupNamed(ctx, asked).VpcId !== own.VpcId) {
    throw invalidCombination(`The DB subnet group ${asked} is not in the VPC of the source DB instance: ${own.VpcId}.`);
  }
  return asked ?? (own.DBSubnetGroupName === 'default' ? undefined : own.DBSubnetGroupName);
};

/** @throws AwsError InvalidParameterValue, InvalidParameterCombination, KMSKeyNotAccessibleFault */
const keyOf = async (
  ctx: Context,
  { view }: InstanceRecord,
  asked: string | undefined,
  sameRegion: boolean,
): Promise<{ KmsKeyId?: string }> => {
  if (!view.StorageEncrypted) {
    if (asked === undefined) return {};
    throw invalidCombination('Cannot create an encrypted read replica from a DB instance that is not encrypted.');
  }
  if (sameRegion) {
    if (asked !== undefined && (await encryptionKey(ctx, asked)) !== view.KmsKeyId)
      throw invalidCombination('A read replica in the same region is encrypted with the KMS key of its source.');
    return { KmsKeyId: await encryptionKey(ctx, view.KmsKeyId) };
  }
  if (asked === undefined)
    throw invalidValue('The parameter KmsKeyId must be given to replicate an encrypted DB instance from another region.');
  return { KmsKeyId: await encryptionKey(ctx, asked) };
};
