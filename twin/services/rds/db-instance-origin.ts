import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import type { TemplateProperties } from '../template-properties.js';
import { apiInput, pick, setAfterRestore, without } from './db-instance-properties.js';

/** What CloudFormation does once an instance it has asked for is there, by identifier. */
export interface Afterwards {
  readonly modification: Record<string, unknown>;
  /** Where its automated backups are to be replicated to, and how. */
  readonly replication: { readonly region: string; readonly input: object } | undefined;
}
export const afterwards = regional('rds.cloudformation.afterwards', () => new Map<string, Afterwards>());

/** A backup brings these; naming them beside one is refused by RDS or means nothing. */
const brought = ['DBName', 'EngineVersion', 'KmsKeyId', 'MasterUsername', 'StorageEncrypted'];
const performanceInsights = ['EnablePerformanceInsights', 'PerformanceInsightsKMSKeyId', 'PerformanceInsightsRetentionPeriod'];

/** Asks RDS for the instance a template means: a new one, one from a snapshot or a moment, or a replica. */
export const createFrom = async (ctx: Context, id: string, given: TemplateProperties): Promise<void> => {
  const asked = apiInput(given);
  const snapshot = given.text('DBSnapshotIdentifier');
  const restored = without(asked, [...brought, ...setAfterRestore, ...performanceInsights]);
  if (snapshot !== undefined) {
    await ctx.call('rds', 'RestoreDBInstanceFromDBSnapshot', { ...restored, DBInstanceIdentifier: id, DBSnapshotIdentifier: snapshot });
  } else if (toMoment(given)) {
    await ctx.call('rds', 'RestoreDBInstanceToPointInTime', { ...restored, ...momentOf(given), TargetDBInstanceIdentifier: id });
  } else if (given.text('SourceDBInstanceIdentifier') !== undefined) {
    await ctx.call('rds', 'CreateDBInstanceReadReplica', replicaInput(ctx, id, given, asked));
  } else {
    await ctx.call('rds', 'CreateDBInstance', { ...asked, DBInstanceIdentifier: id });
  }
  const fromBackup = snapshot !== undefined || toMoment(given);
  const next = { modification: fromBackup ? pick(asked, setAfterRestore) : {}, replication: backupReplication(given) };
  if (next.replication || Object.keys(next.modification).length > 0) ctx.state(afterwards).set(id, next);
};

const toMoment = (given: TemplateProperties): boolean =>
  given.text('RestoreTime') !== undefined || given.flag('UseLatestRestorableTime') === true;

const momentOf = (given: TemplateProperties): object => {
  const time = given.text('RestoreTime');
  return {
    SourceDBInstanceIdentifier: given.text('SourceDBInstanceIdentifier'),
    SourceDbiResourceId: given.text('SourceDbiResourceId'),
    SourceDBInstanceAutomatedBackupsArn: given.text('SourceDBInstanceAutomatedBackupsArn'),
    RestoreTime: time === undefined ? undefined : new Date(time),
    UseLatestRestorableTime: given.flag('UseLatestRestorableTime'),
  };
};

/** @throws AwsError `NotModelled` for what a replica cannot have of its own. */
const replicaInput = (ctx: Context, id: string, given: TemplateProperties, asked: Record<string, unknown>): object => {
  const own = ['BackupRetentionPeriod', 'DBName', 'MasterUserPassword', 'MasterUsername'].filter((name) => Boolean(asked[name]));
  if (own.length > 0)
    throw new AwsError('NotModelled', `NotModelled: AWS::RDS::DBInstance: a read replica with ${own.join(', ')}`, { status: 501 });
  const source = given.text('SourceDBInstanceIdentifier')!;
  const region = given.text('SourceRegion');
  const arn = region === undefined || source.startsWith('arn:') ? source : `arn:aws:rds:${region}:${ctx.account}:db:${source}`;
  const dropped = ['Engine', 'EngineVersion', 'LicenseModel', 'StorageEncrypted', 'PreferredBackupWindow', 'PreferredMaintenanceWindow'];
  return {
    ...without(asked, [...dropped, 'BackupRetentionPeriod', ...performanceInsights]),
    DBInstanceIdentifier: id,
    SourceDBInstanceIdentifier: arn,
  };
};

export const backupReplication = (given: TemplateProperties): Afterwards['replication'] => {
  const region = given.text('AutomaticBackupReplicationRegion');
  if (region === undefined) return undefined;
  const input = {
    KmsKeyId: given.text('AutomaticBackupReplicationKmsKeyId'),
    BackupRetentionPeriod: given.number('AutomaticBackupReplicationRetentionPeriod'),
  };
  return { region, input };
};

/** Automated backups go where the template says now, and no longer where it said before. */
export const replicateBackups = async (
  ctx: Context,
  arn: string,
  now: Afterwards['replication'],
  before?: Afterwards['replication'],
): Promise<void> => {
  if (JSON.stringify(now) === JSON.stringify(before)) return;
  const call = (region: string, operation: string, input: object): Promise<unknown> =>
    ctx.at({ region }).call('rds', operation, { SourceDBInstanceArn: arn, ...input });
  if (before) await call(before.region, 'StopDBInstanceAutomatedBackupsReplication', {});
  if (now) await call(now.region, 'StartDBInstanceAutomatedBackupsReplication', now.input);
};
