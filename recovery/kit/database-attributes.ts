import type { DBInstance, ModifyDBInstanceMessage } from '@aws-sdk/client-rds';
import type { Targets } from '../model/plan.js';

interface Attribute {
  readonly attribute: string;
  readonly expected: string;
  readonly of: (instance: DBInstance) => string | number | boolean | undefined;
  /** How to get there; absent where an instance that exists cannot be changed to it by a recovery. */
  readonly change?: Partial<ModifyDBInstanceMessage> | ((instance: DBInstance) => Partial<ModifyDBInstanceMessage>);
}

const listed = (names: readonly string[] = []): string => [...names].sort().join(', ') || 'nothing';

/** What the restored instance has to be: the lost one's shape, in the home of the site recovered to. */
export const wantedAttributes = ({ facts: { database }, site }: Targets): readonly Attribute[] => [
  { attribute: 'engine', expected: database.engine, of: ({ Engine }) => Engine },
  { attribute: 'database name', expected: database.name, of: ({ DBName }) => DBName },
  { attribute: 'master user', expected: database.username, of: ({ MasterUsername }) => MasterUsername },
  { attribute: 'subnet group', expected: site.subnetGroup, of: ({ DBSubnetGroup }) => DBSubnetGroup?.DBSubnetGroupName },
  { attribute: 'encryption', expected: 'true', of: ({ StorageEncrypted }) => StorageEncrypted },
  { attribute: 'key', expected: site.keyArn, of: ({ KmsKeyId }) => KmsKeyId },
  { attribute: 'storage type', expected: database.storageType, of: ({ StorageType }) => StorageType },
  {
    // It may have grown since it was written down, and never shrinks.
    attribute: 'storage of at least so many GiB',
    expected: String(database.allocatedStorageGiB),
    of: ({ AllocatedStorage = 0 }) => Math.min(AllocatedStorage, database.allocatedStorageGiB),
    change: { AllocatedStorage: database.allocatedStorageGiB },
  },
  {
    attribute: 'class',
    expected: database.instanceClass,
    of: ({ DBInstanceClass }) => DBInstanceClass,
    change: { DBInstanceClass: database.instanceClass },
  },
  {
    attribute: 'port',
    expected: String(database.port),
    of: ({ Endpoint }) => Endpoint?.Port,
    change: { DBPortNumber: database.port },
  },
  { attribute: 'multi-AZ', expected: String(database.multiAz), of: ({ MultiAZ }) => MultiAZ, change: { MultiAZ: database.multiAz } },
  {
    attribute: 'security groups',
    expected: site.databaseSecurityGroup,
    of: ({ VpcSecurityGroups }) => VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).join(', '),
    change: { VpcSecurityGroupIds: [site.databaseSecurityGroup] },
  },
  {
    attribute: 'parameter group',
    expected: site.databaseParameterGroup,
    of: ({ DBParameterGroups }) => DBParameterGroups?.[0]?.DBParameterGroupName,
    change: { DBParameterGroupName: site.databaseParameterGroup },
  },
  {
    attribute: 'public access',
    expected: 'false',
    of: ({ PubliclyAccessible }) => PubliclyAccessible,
    change: { PubliclyAccessible: false },
  },
  {
    attribute: 'automatic minor upgrades',
    expected: 'false',
    of: ({ AutoMinorVersionUpgrade }) => AutoMinorVersionUpgrade,
    change: { AutoMinorVersionUpgrade: false },
  },
  {
    attribute: 'tags copied to snapshots',
    expected: 'true',
    of: ({ CopyTagsToSnapshot }) => CopyTagsToSnapshot,
    change: { CopyTagsToSnapshot: true },
  },
  {
    attribute: 'deletion protection',
    expected: String(database.deletionProtection),
    of: ({ DeletionProtection }) => DeletionProtection,
    change: { DeletionProtection: database.deletionProtection },
  },
  {
    attribute: 'backup retention in days',
    expected: String(database.backupRetentionDays),
    of: ({ BackupRetentionPeriod }) => BackupRetentionPeriod,
    change: { BackupRetentionPeriod: database.backupRetentionDays },
  },
  ...(database.logExports ? [logExportsAre(database.logExports)] : []),
];

/** A restore ships no log unless it is told to, whatever the original did. */
const logExportsAre = (wanted: readonly string[]): Attribute => ({
  attribute: 'log exports',
  expected: listed(wanted),
  of: ({ EnabledCloudwatchLogsExports }) => listed(EnabledCloudwatchLogsExports),
  change: ({ EnabledCloudwatchLogsExports: now = [] }) => ({
    CloudwatchLogsExportConfiguration: {
      EnableLogTypes: wanted.filter((type) => !now.includes(type)),
      DisableLogTypes: now.filter((type) => !wanted.includes(type)),
    },
  }),
});

export interface Difference {
  readonly attribute: string;
  readonly expected: string;
  readonly observed: string;
  readonly change: Partial<ModifyDBInstanceMessage> | undefined;
}

/** Every attribute in which the instance is not what it has to be. */
export const differencesOf = (targets: Targets, instance: DBInstance): Difference[] =>
  wantedAttributes(targets).flatMap(({ attribute, expected, of, change }) => {
    const observed = String(of(instance) ?? 'nothing');
    return observed === expected
      ? []
      : [{ attribute, expected, observed, change: typeof change === 'function' ? change(instance) : change }];
  });

/** What to ask ModifyDBInstance for; empty when there is nothing that asking could change. */
export const changesTowards = (targets: Targets, instance: DBInstance): Partial<ModifyDBInstanceMessage> =>
  differencesOf(targets, instance).reduce((all, { change }) => ({ ...all, ...change }), {});

/** True while changes were accepted and have not arrived. */
export const hasPendingChanges = ({ PendingModifiedValues }: DBInstance): boolean =>
  Object.values(PendingModifiedValues ?? {}).some((value) => value !== undefined);
