import type { DBInstance, Tag } from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import { settings } from './create-instance.js';
import { encryptionKey } from './encryption-key.js';
import { checkClass } from './engines.js';
import { checkOptionGroup } from './option-groups.js';
import { checkPort, checkRetention, launch, type Launch } from './launch.js';
import { place } from './placement.js';
import { invalidCombination, invalidValue } from './records.js';

/** What both restores of an instance accept. */
export const restoreParameters = [
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
] as const;
type Asked = Partial<Pick<DBInstance, 'DBInstanceClass' | 'AvailabilityZone' | 'MultiAZ' | 'PubliclyAccessible' | 'Engine' | 'Iops'>> &
  Partial<Pick<DBInstance, 'StorageType' | 'AllocatedStorage' | 'DBName' | 'BackupRetentionPeriod'>> & {
    Port?: number;
    DBSubnetGroupName?: string;
    VpcSecurityGroupIds?: string[];
    DBParameterGroupName?: string;
    OptionGroupName?: string;
    EnableCloudwatchLogsExports?: string[];
    Tags?: Tag[];
  };

/** What a backup says of the instance it is of. */
export interface Origin {
  readonly engine: string;
  readonly engineVersion: string;
  readonly instanceClass: string | undefined;
  readonly masterUsername: string;
  readonly databaseName: string | undefined;
  readonly port: number;
  readonly storage: number;
  readonly encrypted: boolean;
  readonly keyArn: string | undefined;
  readonly retention: number;
  readonly window: string | undefined;
  readonly tags: readonly Tag[];
}

/**
 * A new instance from a backup. What the request does not say comes from the backup (class, storage, port, retention, tags), or is
 * RDS's default and not the original's: default VPC, default security group, default parameter group, one zone, no deletion protection.
 */
export const launchRestored = async (
  ctx: Context,
  id: string,
  input: Asked,
  { origin, start }: { origin: Origin; start: Launch['start'] },
): Promise<DBInstance> => {
  if (input.DBName !== undefined) throw invalidValue('DBName must be null when Restoring for this Engine.');
  checkOptionGroup(input.OptionGroupName);
  if (input.Engine !== undefined && input.Engine !== origin.engine)
    throw invalidCombination(`A ${origin.engine} snapshot cannot be restored as ${input.Engine}.`);
  const instanceClass = input.DBInstanceClass ?? origin.instanceClass;
  checkClass(instanceClass);
  if ((input.AllocatedStorage ?? Infinity) < origin.storage)
    throw invalidCombination('The allocated storage size of a restore cannot be less than the snapshot.');
  return launch(ctx, {
    id,
    port: checkPort(input.Port ?? origin.port),
    parameterGroup: input.DBParameterGroupName,
    tags: input.Tags && input.Tags.length > 0 ? input.Tags : origin.tags,
    placement: await place(ctx, input),
    takes: 'rds.restore-instance',
    view: {
      ...(origin.window === undefined ? {} : { PreferredBackupWindow: origin.window }),
      ...settings(input),
      Engine: origin.engine,
      EngineVersion: origin.engineVersion,
      DBInstanceClass: instanceClass,
      MasterUsername: origin.masterUsername,
      DBName: origin.databaseName,
      AllocatedStorage: input.AllocatedStorage ?? origin.storage,
      StorageType: input.StorageType ?? (input.Iops === undefined ? 'gp3' : 'io1'),
      StorageEncrypted: origin.encrypted,
      ...(origin.encrypted ? { KmsKeyId: await encryptionKey(ctx, origin.keyArn) } : {}),
      BackupRetentionPeriod: checkRetention(input.BackupRetentionPeriod ?? origin.retention),
      EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports,
    },
    start,
  });
};
