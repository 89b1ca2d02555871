import type { DBInstanceAutomatedBackup } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { DataKey } from '../../world/dataplane.js';
import { regional } from '../../world/state.js';
import { freshId } from '../fresh-id.js';
import { rdsArn, type Instance, type InstanceRecord } from './records.js';

/** Where a recovery begins: the moment of an automated snapshot, and its bytes. */
export interface Base {
  readonly at: number;
  readonly key: DataKey;
  /** Identifier of the automated snapshot in RDS; replicated ones have none. */
  readonly snapshot: string | undefined;
}
/** The automated backups of one instance in one region: its own, or another that they are replicated to. */
export interface AutomatedBackup {
  readonly arn: string;
  /** The instance as it was when this began; everything a restore takes over. */
  readonly of: Instance;
  readonly port: number;
  readonly sourceRegion: string;
  status: 'creating' | 'active' | 'retained' | 'pending' | 'replicating';
  retention: number;
  readonly keyArn: string | undefined;
  readonly bases: Base[];
  readonly log: DataKey;
  /** Instant its log reaches to, where the instance is not there to ask for more. */
  shippedTo: number | undefined;
}

const state = regional('rds.automated-backups', () => new Map<string, AutomatedBackup>());
/** By the resource id of the instance: its own in its region, replicas of them in others. */
export const automatedBackupsOf = (ctx: Context) => ctx.state(state);

export const newAutomatedBackup = (
  ctx: Context,
  { view, port }: InstanceRecord,
  more: Pick<AutomatedBackup, 'status' | 'retention' | 'keyArn' | 'sourceRegion'>,
): AutomatedBackup => {
  const id = `ab-${freshId(ctx, 'rds.automated-backup', 39)}`;
  const log = { account: ctx.account, region: ctx.region, id: `log-${id}` };
  const backup = { ...more, arn: rdsArn(ctx, 'auto-backup', id), of: structuredClone(view), port, bases: [], log, shippedTo: undefined };
  automatedBackupsOf(ctx).set(view.DbiResourceId, backup);
  return backup;
};

const fiveMinutes = 300_000;
/** RDS ships logs every five minutes (user guide, "Restoring a DB instance to a specified time"). */
export const lastMark = (now: number): number => Math.floor(now / fiveMinutes) * fiveMinutes;

/** From when to when a backup can be restored; undefined before its first base. Milliseconds. */
export const restoreWindow = (ctx: Context, { bases, shippedTo }: AutomatedBackup): { earliest: number; latest: number } | undefined => {
  const [first, last] = [bases[0], bases.at(-1)];
  if (!first || !last) return undefined;
  return { earliest: first.at, latest: Math.max(last.at, shippedTo ?? lastMark(ctx.now())) };
};

/** Forgets bases that are older than the retention, but for the newest. */
export const expireBases = async (ctx: Context, backup: AutomatedBackup, drop: (base: Base) => Promise<void>): Promise<void> => {
  const oldest = ctx.now() - backup.retention * 86_400_000;
  while (backup.bases.length > 1 && backup.bases[0]!.at < oldest) await drop(backup.bases.shift()!);
};

/** @throws AwsError DBInstanceAutomatedBackupNotFoundFault */
export const automatedBackupWith = (ctx: Context, arn: string | undefined): AutomatedBackup => {
  const found = [...automatedBackupsOf(ctx).values()].find((backup) => backup.arn === arn);
  if (!found) throw new AwsError('DBInstanceAutomatedBackupNotFoundFault', `DBInstanceAutomatedBackup ${arn} not found.`);
  return found;
};

export const describeAutomatedBackup = (ctx: Context, backup: AutomatedBackup): DBInstanceAutomatedBackup => {
  const { of } = backup;
  const window = restoreWindow(ctx, backup);
  return {
    DBInstanceArn: of.DBInstanceArn,
    DbiResourceId: of.DbiResourceId,
    Region: backup.sourceRegion,
    DBInstanceIdentifier: of.DBInstanceIdentifier,
    RestoreWindow: window && { EarliestTime: new Date(window.earliest), LatestTime: new Date(window.latest) },
    AllocatedStorage: of.AllocatedStorage,
    Status: backup.status,
    Port: backup.port,
    AvailabilityZone: of.AvailabilityZone,
    VpcId: of.DBSubnetGroup?.VpcId,
    InstanceCreateTime: of.InstanceCreateTime,
    MasterUsername: of.MasterUsername,
    Engine: of.Engine,
    EngineVersion: of.EngineVersion,
    LicenseModel: of.LicenseModel,
    Iops: of.Iops,
    StorageThroughput: of.StorageThroughput,
    OptionGroupName: of.OptionGroupMemberships?.[0]?.OptionGroupName,
    Encrypted: of.StorageEncrypted,
    StorageType: of.StorageType,
    KmsKeyId: backup.keyArn,
    IAMDatabaseAuthenticationEnabled: false,
    BackupRetentionPeriod: backup.retention,
    PreferredBackupWindow: of.PreferredBackupWindow,
    DBInstanceAutomatedBackupsArn: backup.arn,
    DBInstanceAutomatedBackupsReplications: backup.sourceRegion === ctx.region ? of.DBInstanceAutomatedBackupsReplications : undefined,
    BackupTarget: 'region',
  };
};
