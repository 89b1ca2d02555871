import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import { invalidValue } from './records.js';

type Kind = 'text' | 'number' | 'flag' | 'texts';

/**
 * What StartRestoreJob takes for RDS: RestoreDBInstanceFromDBSnapshot's parameters by their own names, lists as JSON text, as AWS
 * documents them for restore testing ("Restore testing inferred metadata", RDS instances) and as published runbooks pass them.
 * BackupRetentionPeriod, new in the RDS operation, is documented nowhere for AWS Backup and so is not taken.
 */
const accepted: Readonly<Record<string, Kind>> = {
  AllocatedStorage: 'number',
  AutoMinorVersionUpgrade: 'flag',
  AvailabilityZone: 'text',
  CopyTagsToSnapshot: 'flag',
  DBInstanceClass: 'text',
  DBInstanceIdentifier: 'text',
  DBName: 'text',
  DBParameterGroupName: 'text',
  DBSnapshotIdentifier: 'text',
  DBSubnetGroupName: 'text',
  DeletionProtection: 'flag',
  EnableCloudwatchLogsExports: 'texts',
  EnableIAMDatabaseAuthentication: 'flag',
  Engine: 'text',
  Iops: 'number',
  LicenseModel: 'text',
  MultiAZ: 'flag',
  OptionGroupName: 'text',
  Port: 'number',
  PubliclyAccessible: 'flag',
  StorageType: 'text',
  VpcSecurityGroupIds: 'texts',
};

const readers: Readonly<Record<Kind, (text: string) => unknown>> = {
  text: (text) => text,
  number: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
  flag: (text) => ({ true: true, false: false })[text.toLowerCase()],
  texts: (text) => listOf(text),
};

/**
 * The RDS call that restore metadata asks for.
 * @throws AwsError InvalidParameterValueException naming the key.
 */
export const restoreInput = (metadata: Readonly<Record<string, string>>): Record<string, unknown> => {
  if (!metadata['DBInstanceIdentifier']) throw invalidValue('Invalid restore metadata. DBInstanceIdentifier is required.');
  return Object.fromEntries(
    Object.entries(metadata).map(([key, text]) => {
      const kind = accepted[key];
      if (kind === undefined) throw invalidValue(`Invalid restore metadata. Unrecognized key : ${key}`);
      const value = readers[kind](text);
      if (value === undefined) throw invalidValue(`Invalid restore metadata. Invalid value for ${key} : ${text}`);
      return [key, value];
    }),
  );
};

const listOf = (text: string): string[] | undefined => {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
};

/** The original's configuration. Restored with as it is, it names the original's region's groups, and DBName, which PostgreSQL refuses. */
export const restoreMetadataOf = (database: DBInstance, snapshot: DBSnapshot): Record<string, string> => {
  const all: Record<string, string | number | boolean | undefined> = {
    AllocatedStorage: database.AllocatedStorage,
    AutoMinorVersionUpgrade: database.AutoMinorVersionUpgrade,
    AvailabilityZone: database.AvailabilityZone,
    CopyTagsToSnapshot: database.CopyTagsToSnapshot,
    DBInstanceClass: database.DBInstanceClass,
    DBInstanceIdentifier: database.DBInstanceIdentifier,
    DBName: database.DBName,
    DBParameterGroupName: database.DBParameterGroups?.[0]?.DBParameterGroupName,
    DBSnapshotIdentifier: snapshot.DBSnapshotIdentifier,
    DBSubnetGroupName: database.DBSubnetGroup?.DBSubnetGroupName,
    DeletionProtection: database.DeletionProtection,
    EnableIAMDatabaseAuthentication: database.IAMDatabaseAuthenticationEnabled,
    Engine: database.Engine,
    LicenseModel: database.LicenseModel,
    MultiAZ: database.MultiAZ,
    OptionGroupName: database.OptionGroupMemberships?.[0]?.OptionGroupName,
    Port: snapshot.Port,
    PubliclyAccessible: database.PubliclyAccessible,
    StorageType: database.StorageType,
    VpcSecurityGroupIds: JSON.stringify(database.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId) ?? []),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
};
