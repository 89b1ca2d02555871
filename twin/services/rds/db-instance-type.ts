import type { DBInstance, DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceType, Stability } from '../service.js';
import type { TemplateProperties } from '../template-properties.js';
import { afterwards, backupReplication, createFrom, replicateBackups } from './db-instance-origin.js';
import { apiInput, changes, modifiable, pick, readInstance, replacing, without } from './db-instance-properties.js';

export const dbInstanceType: ResourceType = {
  type: 'AWS::RDS::DBInstance',
  replacedOn: replacing,
  holdsData: true,

  create: async (properties, ctx, names) => {
    const given = readInstance(properties);
    const id = (given.text('DBInstanceIdentifier') ?? names.generated(63)).toLowerCase();
    await createFrom(ctx, id, given);
    return { physicalId: id };
  },

  stable: async (id, _properties, ctx) => stability(ctx, id),

  update: async (id, properties, previous, ctx) => {
    const [now, before] = [readInstance(properties), readInstance(previous)];
    const promoted = await promoteIfAsked(ctx, id, now, before);
    const changed = without(changes(apiInput(now), apiInput(before)), promoted ? withPromotion : []);
    if (Object.keys(changed).length > 0) {
      const { EnableCloudwatchLogsExports: logs, ...settings } = changed;
      await ctx.call('rds', 'ModifyDBInstance', {
        ...pick(settings, modifiable),
        DBInstanceIdentifier: id,
        ApplyImmediately: true,
        ...(logs === undefined ? {} : { CloudwatchLogsExportConfiguration: logExports(logs as string[], before) }),
      });
    }
    const view = await found(ctx, id);
    await replicateBackups(ctx, view.DBInstanceArn!, backupReplication(now), backupReplication(before));
    await retag(ctx, view.DBInstanceArn!, now, before);
    return { physicalId: id, attributes: attributesOf(view) };
  },

  delete: async (id, properties, ctx) => {
    const DeleteAutomatedBackups = readInstance(properties).flag('DeleteAutomatedBackups');
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
        properties: {
          ...pick({ ...view }, told),
          DBInstanceIdentifier: id,
          DBParameterGroupName: group,
          EnableCloudwatchLogsExports: view.EnabledCloudwatchLogsExports,
        },
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

/** What a promotion sets along the way. */
const withPromotion = ['BackupRetentionPeriod', 'PreferredBackupWindow'];

/** A template that names no source any more means an instance of its own; one that names another source is refused by name. */
const promoteIfAsked = async (ctx: Context, id: string, now: TemplateProperties, before: TemplateProperties): Promise<boolean> => {
  const [source, was] = [now, before].map((given) => given.text('SourceDBInstanceIdentifier'));
  if (source === was) return false;
  if (source !== undefined) {
    const what = `a change of SourceDBInstanceIdentifier from ${was ?? 'nothing'} to ${source}`;
    throw new AwsError('NotModelled', `NotModelled: AWS::RDS::DBInstance: ${what}`, { status: 501 });
  }
  const view = await found(ctx, id);
  // One that was restored from its source to a moment, or is promoted already, follows nobody.
  if (view.ReadReplicaSourceDBInstanceIdentifier === undefined) return false;
  await ctx.call('rds', 'PromoteReadReplica', { DBInstanceIdentifier: id, ...pick(apiInput(now), withPromotion) });
  return true;
};

/** Working statuses on the way to `available`; any other is a failure to say by name. */
const working = ['creating', 'backing-up', 'modifying', 'rebooting', 'resetting-master-credentials', 'configuring-log-exports', 'starting'];

const stability = async (ctx: Context, id: string): Promise<Stability> => {
  const view = await found(ctx, id);
  const status = view.DBInstanceStatus!;
  if (status !== 'available') return working.includes(status) ? undefined : { failed: `DB instance ${id} is ${status}` };
  const next = ctx.state(afterwards).get(id);
  if (next) {
    ctx.state(afterwards).delete(id);
    await replicateBackups(ctx, view.DBInstanceArn!, next.replication);
    if (Object.keys(next.modification).length > 0)
      await ctx.call('rds', 'ModifyDBInstance', { ...next.modification, DBInstanceIdentifier: id, ApplyImmediately: true });
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
