import type { DBInstance, DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import type { ResourceProperties, ResourceType, Stability } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';

/** What a restore does not accept and CloudFormation sets by a modification once the instance is there, by identifier. */
const afterRestore = regional('rds.cloudformation.after-restore', () => new Map<string, object>());

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

const read = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::RDS::DBInstance', properties, [
    ...texts,
    ...numbers,
    ...flags,
    'DBInstanceIdentifier',
    'DBSnapshotIdentifier',
    'DeleteAutomatedBackups',
    'EnableCloudwatchLogsExports',
    'Tags',
    'VPCSecurityGroups',
  ]);

/** The template's properties as the API names and types them. */
const input = (given: TemplateProperties): Record<string, unknown> => ({
  ...Object.fromEntries(texts.map((name) => [name, given.text(name)])),
  ...Object.fromEntries(numbers.map((name) => [name, given.number(name)])),
  ...Object.fromEntries(flags.map((name) => [name, given.flag(name)])),
  EnableCloudwatchLogsExports: given.texts('EnableCloudwatchLogsExports'),
  VpcSecurityGroupIds: given.texts('VPCSecurityGroups'),
  Tags: given.tags(),
});

const pick = (all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
const without = (all: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

/** A snapshot brings these; naming them beside one is refused by RDS or means nothing. */
const fromSnapshot = ['DBName', 'EngineVersion', 'KmsKeyId', 'MasterUsername', 'StorageEncrypted'];
const setAfterRestore = [
  'MasterUserPassword',
  'MaxAllocatedStorage',
  'MonitoringInterval',
  'MonitoringRoleArn',
  'PreferredMaintenanceWindow',
];
const modifiable = [
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

export const dbInstanceType: ResourceType = {
  type: 'AWS::RDS::DBInstance',
  replacedOn: [
    'AvailabilityZone',
    'DBInstanceIdentifier',
    'DBName',
    'DBSnapshotIdentifier',
    'DBSubnetGroupName',
    'Engine',
    'KmsKeyId',
    'MasterUsername',
    'NetworkType',
    'Port',
    'StorageEncrypted',
  ],
  holdsData: true,

  create: async (properties, ctx, names) => {
    const given = read(properties);
    const id = (given.text('DBInstanceIdentifier') ?? names.generated(63)).toLowerCase();
    const snapshot = given.text('DBSnapshotIdentifier');
    const asked = { ...input(given), DBInstanceIdentifier: id };
    if (snapshot === undefined) await ctx.call('rds', 'CreateDBInstance', asked);
    else await restore(ctx, id, snapshot, asked);
    return { physicalId: id };
  },

  stable: async (id, _properties, ctx) => stability(ctx, id),

  update: async (id, properties, previous, ctx) => {
    const changed = changes(input(read(properties)), input(read(previous)));
    if (Object.keys(changed).length > 0) {
      const { EnableCloudwatchLogsExports: logs, ...settings } = changed;
      await ctx.call('rds', 'ModifyDBInstance', {
        ...pick(settings, modifiable),
        DBInstanceIdentifier: id,
        ApplyImmediately: true,
        ...(logs === undefined ? {} : { CloudwatchLogsExportConfiguration: logExports(logs as string[], read(previous)) }),
      });
    }
    const view = await found(ctx, id);
    await retag(ctx, view.DBInstanceArn!, read(properties), read(previous));
    return { physicalId: id, attributes: attributesOf(view) };
  },

  delete: async (id, properties, ctx) => {
    const DeleteAutomatedBackups = read(properties).flag('DeleteAutomatedBackups');
    await ctx
      .call('rds', 'DeleteDBInstance', { DBInstanceIdentifier: id, SkipFinalSnapshot: true, DeleteAutomatedBackups })
      .catch(unlessMissing);
  },

  gone: async (id, ctx) => {
    const still = await ctx.call('rds', 'DescribeDBInstances', { DBInstanceIdentifier: id }).catch(unlessMissing);
    return still === undefined;
  },

  existing: {
    identifiedBy: 'DBInstanceIdentifier',
    read: async (id, ctx) => {
      const view = await found(ctx, id);
      const group = view.DBParameterGroups?.[0]?.DBParameterGroupName;
      return {
        properties: { ...pick({ ...view }, told), DBInstanceIdentifier: id, DBParameterGroupName: group },
        attributes: attributesOf(view),
      };
    },
  },
};

/** What a description says in the very words of a template. */
const told = [
  'AllocatedStorage',
  'AutoMinorVersionUpgrade',
  'BackupRetentionPeriod',
  'CopyTagsToSnapshot',
  'DBInstanceClass',
  'DeletionProtection',
  'Engine',
  'EngineVersion',
  'MultiAZ',
  'PubliclyAccessible',
  'StorageEncrypted',
  'StorageType',
];

const restore = async (ctx: Context, id: string, snapshot: string, asked: Record<string, unknown>): Promise<void> => {
  await ctx.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
    ...without(asked, [
      ...fromSnapshot,
      ...setAfterRestore,
      'EnablePerformanceInsights',
      'PerformanceInsightsKMSKeyId',
      'PerformanceInsightsRetentionPeriod',
    ]),
    DBSnapshotIdentifier: snapshot,
  });
  const rest = pick(asked, setAfterRestore);
  if (Object.keys(rest).length > 0) ctx.state(afterRestore).set(id, rest);
};

/** Working statuses on the way to `available`; any other is a failure to say by name. */
const working = ['creating', 'backing-up', 'modifying', 'rebooting', 'resetting-master-credentials', 'starting'];

const stability = async (ctx: Context, id: string): Promise<Stability> => {
  const view = await found(ctx, id);
  const status = view.DBInstanceStatus!;
  if (status !== 'available') return working.includes(status) ? undefined : { failed: `DB instance ${id} is ${status}` };
  const rest = ctx.state(afterRestore).get(id);
  if (rest) {
    ctx.state(afterRestore).delete(id);
    await ctx.call('rds', 'ModifyDBInstance', { ...rest, DBInstanceIdentifier: id, ApplyImmediately: true });
    return undefined;
  }
  if (Object.keys(view.PendingModifiedValues ?? {}).length > 0) return undefined;
  if (view.DBParameterGroups?.some(({ ParameterApplyStatus }) => ParameterApplyStatus === 'pending-reboot')) {
    await ctx.call('rds', 'RebootDBInstance', { DBInstanceIdentifier: id });
    return undefined;
  }
  return { stable: true, attributes: attributesOf(view) };
};

const found = async (ctx: Context, id: string): Promise<DBInstance> => {
  const { DBInstances } = await ctx.call<DescribeDBInstancesCommandOutput>('rds', 'DescribeDBInstances', { DBInstanceIdentifier: id });
  return DBInstances![0]!;
};

const attributesOf = (view: DBInstance): Record<string, unknown> => ({
  'Endpoint.Address': view.Endpoint?.Address,
  'Endpoint.Port': view.Endpoint && String(view.Endpoint.Port),
  'Endpoint.HostedZoneId': view.Endpoint?.HostedZoneId,
  DBInstanceArn: view.DBInstanceArn,
  DbiResourceId: view.DbiResourceId,
});

const changes = (now: Record<string, unknown>, before: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => name !== 'Tags' && value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );

const logExports = (now: readonly string[], before: TemplateProperties) => {
  const was = before.texts('EnableCloudwatchLogsExports') ?? [];
  return { EnableLogTypes: now.filter((type) => !was.includes(type)), DisableLogTypes: was.filter((type) => !now.includes(type)) };
};

/** Tags as the template has them now. */
export const retag = async (ctx: Context, arn: string, now: TemplateProperties, before: TemplateProperties): Promise<void> => {
  const tags = now.tags() ?? [];
  const gone = (before.tags() ?? []).filter((old) => !tags.some(({ Key }) => Key === old.Key)).map(({ Key }) => Key);
  if (gone.length > 0) await ctx.call('rds', 'RemoveTagsFromResource', { ResourceName: arn, TagKeys: gone });
  if (tags.length > 0) await ctx.call('rds', 'AddTagsToResource', { ResourceName: arn, Tags: tags });
};

const unlessMissing = (error: unknown): undefined => {
  if (error instanceof AwsError && error.code === 'DBInstanceNotFoundFault') return undefined;
  throw error;
};
