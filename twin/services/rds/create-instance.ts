import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { encryptionKey } from './encryption-key.js';
import { checkClass, versionToRun } from './engines.js';
import { checkOptionGroup } from './option-groups.js';
import { checkPort, checkRetention, freeIdentifier, launch } from './launch.js';
import { place } from './placement.js';
import { databaseKey, invalidValue } from './records.js';

export const createInstance = {
  CreateDBInstance: async (input, ctx) => {
    accept('rds.CreateDBInstance', input, [
      ...described,
      'DBName',
      'DBInstanceIdentifier',
      'AllocatedStorage',
      'DBInstanceClass',
      'Engine',
      'EngineVersion',
      'MasterUsername',
      'MasterUserPassword',
      'VpcSecurityGroupIds',
      'AvailabilityZone',
      'DBSubnetGroupName',
      'DBParameterGroupName',
      'OptionGroupName',
      'BackupRetentionPeriod',
      'Port',
      'MultiAZ',
      'PubliclyAccessible',
      'Tags',
      'StorageType',
      'StorageEncrypted',
      'KmsKeyId',
      'EnableCloudwatchLogsExports',
      'EnablePerformanceInsights',
    ]);
    checkOptionGroup(input.OptionGroupName);
    const id = freeIdentifier(ctx, input.DBInstanceIdentifier);
    const version = versionToRun(input.Engine, input.EngineVersion);
    checkClass(input.DBInstanceClass);
    const username = masterUsername(input.MasterUsername);
    const password = checkPassword(input.MasterUserPassword);
    const storage = checkStorage(input.AllocatedStorage);
    const port = checkPort(input.Port ?? 5432);
    const retention = checkRetention(input.BackupRetentionPeriod ?? 1);
    if (input.DBName !== undefined && !/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(input.DBName))
      throw invalidValue(`DBName ${input.DBName} is not valid for postgres`);
    const encrypted = input.StorageEncrypted ?? false;
    if (!encrypted && input.KmsKeyId !== undefined) throw invalidValue('KmsKeyId must not be given when StorageEncrypted is false.');
    const DBInstance = launch(ctx, {
      id,
      port,
      parameterGroup: input.DBParameterGroupName,
      tags: input.Tags ?? [],
      placement: await place(ctx, input),
      takes: 'rds.create-instance',
      view: {
        ...settings(input),
        Engine: 'postgres',
        EngineVersion: version,
        DBInstanceClass: input.DBInstanceClass,
        MasterUsername: username,
        DBName: input.DBName,
        AllocatedStorage: storage,
        StorageType: input.StorageType ?? (input.Iops === undefined ? 'gp3' : 'io1'),
        StorageEncrypted: encrypted,
        ...(encrypted ? { KmsKeyId: await encryptionKey(ctx, input.KmsKeyId) } : {}),
        BackupRetentionPeriod: retention,
        PerformanceInsightsEnabled: input.EnablePerformanceInsights ?? false,
        EnabledCloudwatchLogsExports: input.EnableCloudwatchLogsExports,
      },
      start: async (then, record) => {
        const { address, hostname } = record;
        const spec = { address, hostname, port, masterUsername: username, masterPassword: password, databaseName: input.DBName };
        await then.dataplane.databases.create(databaseKey(then, record.view.DbiResourceId), spec);
        return undefined;
      },
    });
    return { DBInstance };
  },
} satisfies Operations<typeof RDS>;

/** Input that is kept under its own name and shown again by Describe. */
const described = [
  'AutoMinorVersionUpgrade',
  'CACertificateIdentifier',
  'CopyTagsToSnapshot',
  'DeletionProtection',
  'Iops',
  'LicenseModel',
  'MaxAllocatedStorage',
  'MonitoringInterval',
  'MonitoringRoleArn',
  'NetworkType',
  'PerformanceInsightsKMSKeyId',
  'PerformanceInsightsRetentionPeriod',
  'PreferredBackupWindow',
  'PreferredMaintenanceWindow',
  'StorageThroughput',
] as const;

export const settings = (input: Partial<Record<(typeof described)[number], unknown>>): Partial<RDS.DBInstance> =>
  Object.fromEntries(described.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));

/** @throws AwsError as RDS refuses a master password for PostgreSQL. */
export const checkPassword = (password: string | undefined): string => {
  if (password === undefined || password === '')
    throw invalidValue('The parameter MasterUserPassword must be provided and must not be blank.');
  if (password.length < 8)
    throw invalidValue('The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.');
  if (password.length > 128)
    throw invalidValue('The parameter MasterUserPassword is not a valid password because it is longer than 128 characters.');
  if (/[^!-~]|[/@"]/.test(password)) {
    throw invalidValue(
      "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    );
  }
  return password;
};

const masterUsername = (name: string | undefined): string => {
  if (name === undefined) throw invalidValue('The parameter MasterUsername must be provided and must not be blank.');
  if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name)) throw invalidValue(`MasterUsername ${name} is not valid`);
  if (['admin', 'postgres_admin', 'rdsadmin', 'rds_superuser'].includes(name)) {
    throw invalidValue(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`);
  }
  return name;
};

const checkStorage = (gibibytes: number | undefined): number => {
  if (gibibytes === undefined)
    throw new AwsError('InvalidParameterCombination', 'The request must contain the parameter AllocatedStorage.', { status: 400 });
  if (gibibytes < 20 || gibibytes > 65_536)
    throw invalidValue(`Invalid storage size for engine name postgres and storage type gp3: ${gibibytes}`);
  return gibibytes;
};
