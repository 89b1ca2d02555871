import type * as RDS from '@aws-sdk/client-rds';
import { forceTls } from './force-tls.js';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { becomeAvailable, whenAvailable } from './availability.js';
import { checkPassword } from './create-instance.js';
import { checkClass, versionToRun } from './engines.js';
import { beginBackups, dropBackups } from './keep-backups.js';
import { checkRetention, describe, groupFor } from './launch.js';
import { changeLogExports, checkLogExports } from './log-exports.js';
import { untilMaintenanceWindow } from './maintenance-window.js';
import { securityGroups } from './placement.js';
import {
  databaseKey,
  instanceNamed,
  invalidCombination,
  mustBeAvailable,
  stillThere,
  type Instance,
  type InstanceRecord,
} from './records.js';

/** In force with the answer: they touch no database. */
const atOnce = [
  'AutoMinorVersionUpgrade',
  'CopyTagsToSnapshot',
  'DeletionProtection',
  'MaxAllocatedStorage',
  'MonitoringInterval',
  'MonitoringRoleArn',
  'PreferredBackupWindow',
  'PreferredMaintenanceWindow',
  'PubliclyAccessible',
  'CACertificateIdentifier',
] as const;
/** Wait for the maintenance window unless ApplyImmediately (RDS user guide, "Settings for DB instances"). */
const deferrable = [
  'AllocatedStorage',
  'BackupRetentionPeriod',
  'DBInstanceClass',
  'Iops',
  'MultiAZ',
  'StorageThroughput',
  'StorageType',
] as const;

export const modifyInstance = {
  ModifyDBInstance: async (input, ctx) => {
    accept('rds.ModifyDBInstance', input, [
      ...atOnce,
      ...deferrable,
      'DBInstanceIdentifier',
      'ApplyImmediately',
      'EngineVersion',
      'MasterUserPassword',
      'DBParameterGroupName',
      'VpcSecurityGroupIds',
      'CloudwatchLogsExportConfiguration',
    ]);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    mustBeAvailable(record);
    if (record.replicaOf) checkReplica(input);
    check(ctx, record.view, input);
    // Everything that can be refused has been, before anything changes.
    const groups = input.VpcSecurityGroupIds && (await securityGroups(ctx, record.view.DBSubnetGroup!.VpcId!, input.VpcSecurityGroupIds));
    if (groups) record.view.VpcSecurityGroups = groups;
    for (const name of atOnce) if (input[name] !== undefined) Object.assign(record.view, { [name]: input[name] });
    changeParameterGroup(ctx, record, input.DBParameterGroupName);
    changeWithTime(ctx, record, input);
    changeLogExports(ctx, record, input.CloudwatchLogsExportConfiguration);
    return { DBInstance: describe(ctx, record) };
  },
} satisfies Operations<typeof RDS>;

const check = (ctx: Context, view: Instance, input: RDS.ModifyDBInstanceMessage): void => {
  if (input.DBInstanceClass !== undefined) checkClass(input.DBInstanceClass);
  if (input.BackupRetentionPeriod !== undefined) checkRetention(input.BackupRetentionPeriod);
  if (input.MasterUserPassword !== undefined) checkPassword(input.MasterUserPassword);
  if (input.EngineVersion !== undefined) versionToRun(view.Engine, input.EngineVersion);
  checkLogExports(view, input.CloudwatchLogsExportConfiguration);
  if (input.DBParameterGroupName !== undefined) groupFor(ctx, view.EngineVersion, input.DBParameterGroupName);
  if ((input.AllocatedStorage ?? Infinity) < view.AllocatedStorage!) {
    throw invalidCombination(
      `Invalid storage size for engine name postgres and storage type ${view.StorageType}: ${input.AllocatedStorage}`,
    );
  }
};

/** @throws AwsError for what a read replica has from its source, and what the twin's cannot have of its own. */
const checkReplica = (input: RDS.ModifyDBInstanceMessage): void => {
  if (input.MasterUserPassword !== undefined)
    throw invalidCombination('The master user password of a read replica cannot be changed: it is that of its source.');
  if ((input.BackupRetentionPeriod ?? 0) > 0)
    throw new AwsError('NotModelled', 'NotModelled: rds.ModifyDBInstance with BackupRetentionPeriod for a read replica', { status: 501 });
};

/** The new group is associated at once and in force after a reboot, which nobody does for you. */
const changeParameterGroup = (ctx: Context, { view }: InstanceRecord, name: string | undefined): void => {
  if (name === undefined || view.DBParameterGroups?.[0]?.DBParameterGroupName === name.toLowerCase()) return;
  view.DBParameterGroups = [{ DBParameterGroupName: groupFor(ctx, view.EngineVersion, name), ParameterApplyStatus: 'pending-reboot' }];
};

type Changes = Pick<RDS.ModifyDBInstanceMessage, 'MasterUserPassword' | (typeof deferrable)[number]>;

const changeWithTime = (ctx: Context, { view }: InstanceRecord, input: RDS.ModifyDBInstanceMessage): void => {
  const asked = deferrable.filter((name) => input[name] !== undefined && input[name] !== view[name]);
  const changes: Changes = Object.fromEntries(asked.map((name) => [name, input[name]]));
  const mayWait = input.ApplyImmediately !== true && asked.length > 0;
  view.PendingModifiedValues = { ...view.PendingModifiedValues, ...changes };
  if (mayWait) {
    // An operation of its own: the window comes long after whatever asked for the change is done.
    const wait = untilMaintenanceWindow(view.PreferredMaintenanceWindow!, ctx.now());
    ctx
      .operation(`rds.maintenance/${view.DbiResourceId}`)
      .after(wait, `rds: ${view.DBInstanceIdentifier} in its window`, (then) => begin(then, view, changes));
  }
  const now: Changes = {
    ...(mayWait ? {} : changes),
    ...(input.MasterUserPassword === undefined ? {} : { MasterUserPassword: input.MasterUserPassword }),
  };
  if (Object.keys(now).length === 0) return;
  if (input.MasterUserPassword !== undefined) view.PendingModifiedValues.MasterUserPassword = '****';
  // RDS goes on saying `available` for a moment after it has accepted a change.
  ctx.after(ctx.takes('rds.notice-modification'), `rds: ${view.DBInstanceIdentifier} begins to change`, (then) => begin(then, view, now));
};

const begin = (ctx: Context, view: Instance, changes: Changes): void => {
  const record = stillThere(ctx, view.DbiResourceId);
  if (!record) return;
  whenAvailable(ctx, record, (then) => {
    const passwordOnly = Object.keys(changes).join() === 'MasterUserPassword';
    view.DBInstanceStatus = passwordOnly ? 'resetting-master-credentials' : 'modifying';
    then.after(then.takes('rds.modify-instance'), `rds: ${view.DBInstanceIdentifier} has changed`, (done) => finish(done, view, changes));
  });
};

const finish = async (ctx: Context, { DbiResourceId }: Instance, changes: Changes): Promise<void> => {
  const record = stillThere(ctx, DbiResourceId);
  if (!record) return;
  const { view } = record;
  const { MasterUserPassword: password, ...settings } = changes;
  const database = databaseKey(ctx, DbiResourceId);
  if (password !== undefined) await ctx.dataplane.databases.setPassword(database, view.MasterUsername, password);
  if (settings.DBInstanceClass !== undefined) {
    await ctx.dataplane.databases.reboot(database);
    await forceTls(ctx, record);
  }
  const backupsBegin = view.BackupRetentionPeriod === 0 && (settings.BackupRetentionPeriod ?? 0) > 0;
  Object.assign(view, settings);
  if (settings.MultiAZ !== undefined) view.SecondaryAvailabilityZone = settings.MultiAZ ? otherZone(view) : undefined;
  view.PendingModifiedValues = Object.fromEntries(Object.entries(view.PendingModifiedValues ?? {}).filter(([name]) => !(name in changes)));
  if (settings.BackupRetentionPeriod === 0) await dropBackups(ctx, DbiResourceId);
  if (backupsBegin) await beginBackups(ctx, record);
  else becomeAvailable(ctx, record);
};

/** @throws AwsError when the subnets are in one zone only, which a subnet group does not allow. */
const otherZone = (view: Instance): string => {
  const zones = view.DBSubnetGroup?.Subnets?.map(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone?.Name) ?? [];
  const other = zones.find((zone) => zone !== view.AvailabilityZone);
  if (other === undefined) throw new AwsError('InvalidVPCNetworkStateFault', 'The subnet group covers one Availability Zone only.');
  return other;
};
