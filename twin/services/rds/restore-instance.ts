import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { settings } from './create-instance.js';
import { encryptionKey } from './encryption-key.js';
import { checkClass, checkOptionGroup } from './engines.js';
import { checkPort, checkRetention, freeIdentifier, launch } from './launch.js';
import { place } from './placement.js';
import { databaseKey, invalidCombination, invalidValue, snapshotKey, snapshotNamed, snapshotsOf, tagsOf } from './records.js';

export const restoreInstance = {
  /**
   * What the request does not say comes from the snapshot (class, storage, port, retention, tags), or is RDS's default and not
   * the original's: default VPC, default security group, default parameter group, one zone, no deletion protection.
   */
  RestoreDBInstanceFromDBSnapshot: async (input, ctx) => {
    accept('rds.RestoreDBInstanceFromDBSnapshot', input, [
      'DBInstanceIdentifier',
      'DBSnapshotIdentifier',
      'DBInstanceClass',
      'Port',
      'AvailabilityZone',
      'DBSubnetGroupName',
      'MultiAZ',
      'PubliclyAccessible',
      'AutoMinorVersionUpgrade',
      'LicenseModel',
      'Engine',
      'Iops',
      'StorageThroughput',
      'StorageType',
      'AllocatedStorage',
      'VpcSecurityGroupIds',
      'Tags',
      'CopyTagsToSnapshot',
      'EnableCloudwatchLogsExports',
      'DBName',
      'DBParameterGroupName',
      'OptionGroupName',
      'DeletionProtection',
      'NetworkType',
      'BackupRetentionPeriod',
      'PreferredBackupWindow',
      'CACertificateIdentifier',
    ]);
    if (input.DBName !== undefined) throw invalidValue('DBName must be null when Restoring for this Engine.');
    checkOptionGroup(input.OptionGroupName);
    const id = freeIdentifier(ctx, input.DBInstanceIdentifier);
    const { view: snapshot, databaseName, instanceClass: originalClass } = snapshotNamed(ctx, input.DBSnapshotIdentifier);
    if (snapshot.Status !== 'available') {
      throw new AwsError(
        'InvalidDBSnapshotStateFault',
        `DB snapshot ${snapshot.DBSnapshotIdentifier} is not in available state: it is ${snapshot.Status}.`,
      );
    }
    if (input.Engine !== undefined && input.Engine !== snapshot.Engine)
      throw invalidCombination(`A ${snapshot.Engine} snapshot cannot be restored as ${input.Engine}.`);
    const instanceClass = input.DBInstanceClass ?? originalClass;
    checkClass(instanceClass);
    if ((input.AllocatedStorage ?? Infinity) < snapshot.AllocatedStorage!)
      throw invalidCombination('The allocated storage size of a restore cannot be less than the snapshot.');
    const port = checkPort(input.Port ?? snapshot.Port!);
    const DBInstance = launch(ctx, {
      id,
      port,
      parameterGroup: input.DBParameterGroupName,
      tags: input.Tags && input.Tags.length > 0 ? input.Tags : (tagsOf(ctx).get(snapshot.DBSnapshotArn) ?? []),
      placement: await place(ctx, input),
      takes: 'rds.restore-instance',
      view: {
        PreferredBackupWindow: snapshot.PreferredBackupWindow,
        ...settings(input),
        Engine: snapshot.Engine!,
        EngineVersion: snapshot.EngineVersion!,
        DBInstanceClass: instanceClass,
        MasterUsername: snapshot.MasterUsername!,
        DBName: databaseName,
        AllocatedStorage: input.AllocatedStorage ?? snapshot.AllocatedStorage,
        StorageType: input.StorageType ?? (input.Iops === undefined ? 'gp3' : 'io1'),
        StorageEncrypted: snapshot.Encrypted,
        ...(snapshot.Encrypted ? { KmsKeyId: await encryptionKey(ctx, snapshot.KmsKeyId) } : {}),
        BackupRetentionPeriod: checkRetention(input.BackupRetentionPeriod ?? snapshot.BackupRetentionPeriod ?? 1),
        EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports,
      },
      start: async (then, record) => {
        if (!snapshotsOf(then).has(snapshot.DBSnapshotIdentifier)) return 'incompatible-restore';
        const from = snapshotKey(then, snapshot.DBSnapshotIdentifier);
        await then.dataplane.databases.restore(from, databaseKey(then, record.view.DbiResourceId), { address: record.address, port });
        return undefined;
      },
    });
    return { DBInstance };
  },
} satisfies Operations<typeof RDS>;
