import type { ResourceProperties } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';

const texts = [
  'AvailabilityZone',
  'CACertificateIdentifier',
  'DBInstanceClass',
  'DBName',
  'DBParameterGroupName',
  'DBSubnetGroupName',
  'Engine',
  'EngineVersion',
  'KmsKeyId',
  'LicenseModel',
  'MasterUserPassword',
  'MasterUsername',
  'MonitoringRoleArn',
  'NetworkType',
  'PerformanceInsightsKMSKeyId',
  'PreferredBackupWindow',
  'PreferredMaintenanceWindow',
  'StorageType',
] as const;
const numbers = [
  'AllocatedStorage',
  'BackupRetentionPeriod',
  'Iops',
  'MaxAllocatedStorage',
  'MonitoringInterval',
  'PerformanceInsightsRetentionPeriod',
  'Port',
  'StorageThroughput',
] as const;
const flags = [
  'AutoMinorVersionUpgrade',
  'CopyTagsToSnapshot',
  'DeletionProtection',
  'EnablePerformanceInsights',
  'MultiAZ',
  'PubliclyAccessible',
  'StorageEncrypted',
] as const;

/** @throws AwsError `NotModelled` for a property the twin does not have. */
export const readInstance = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::RDS::DBInstance', properties, [
    ...texts,
    ...numbers,
    ...flags,
    ...sources,
    'AutomaticBackupReplicationKmsKeyId',
    'AutomaticBackupReplicationRegion',
    'AutomaticBackupReplicationRetentionPeriod',
    'DBInstanceIdentifier',
    'DeleteAutomatedBackups',
    'EnableCloudwatchLogsExports',
    'Tags',
    'VPCSecurityGroups',
  ]);

/** What says where the data come from. */
const sources = [
  'DBSnapshotIdentifier',
  'RestoreTime',
  'SourceDBInstanceAutomatedBackupsArn',
  'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
  'SourceRegion',
  'UseLatestRestorableTime',
];

/** The template's properties as the API names and types them; without what says where the data come from. */
export const apiInput = (given: TemplateProperties): Record<string, unknown> => ({
  ...Object.fromEntries(texts.map((name) => [name, given.text(name)])),
  ...Object.fromEntries(numbers.map((name) => [name, given.number(name)])),
  ...Object.fromEntries(flags.map((name) => [name, given.flag(name)])),
  EnableCloudwatchLogsExports: given.texts('EnableCloudwatchLogsExports'),
  VpcSecurityGroupIds: given.texts('VPCSecurityGroups'),
  Tags: given.tags(),
});

export const pick = (all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
export const without = (all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

/** What a restore does not accept; CloudFormation sets it by a modification once the instance is there. */
export const setAfterRestore = [
  'MasterUserPassword',
  'MaxAllocatedStorage',
  'MonitoringInterval',
  'MonitoringRoleArn',
  'PreferredMaintenanceWindow',
];
export const modifiable = [
  ...setAfterRestore,
  'AllocatedStorage',
  'AutoMinorVersionUpgrade',
  'BackupRetentionPeriod',
  'CACertificateIdentifier',
  'CopyTagsToSnapshot',
  'DBInstanceClass',
  'DBParameterGroupName',
  'DeletionProtection',
  'EngineVersion',
  'Iops',
  'MultiAZ',
  'PreferredBackupWindow',
  'PubliclyAccessible',
  'StorageThroughput',
  'StorageType',
  'VpcSecurityGroupIds',
];
/** "Update requires: Replacement" in the resource's page; and whatever says where the data came from, but for a source that is no longer followed. */
export const replacing = [
  'AvailabilityZone',
  'DBInstanceIdentifier',
  'DBName',
  'DBSubnetGroupName',
  'Engine',
  'KmsKeyId',
  'MasterUsername',
  'NetworkType',
  'Port',
  'StorageEncrypted',
  ...sources.filter((name) => name !== 'SourceDBInstanceIdentifier'),
];

export const changes = (now: Record<string, unknown>, before: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => name !== 'Tags' && value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
