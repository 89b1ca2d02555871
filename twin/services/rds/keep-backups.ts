import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { automatedBackupsOf, expireBases, newAutomatedBackup, type AutomatedBackup, type Base } from './automated-backup.js';
import { untilBackupWindow } from './maintenance-window.js';
import { databaseKey, snapshotKey, snapshotsOf, stillThere, tagsOf, type InstanceRecord } from './records.js';
import { takeSnapshot } from './snapshots.js';

/** The first backup, begun as soon as backups are on: `backing-up` until it is done (knowledge, finding 4). From then on one a day, and the log. */
export const beginBackups = async (ctx: Context, record: InstanceRecord): Promise<void> => {
  const { view } = record;
  const backup = newAutomatedBackup(ctx, record, {
    status: 'creating',
    retention: view.BackupRetentionPeriod,
    keyArn: view.KmsKeyId,
    sourceRegion: ctx.region,
  });
  await ctx.dataplane.databases.shipLog(databaseKey(ctx, view.DbiResourceId), backup.log);
  await takeBase(ctx, record, backup, ctx.takes('rds.baseline-backup'));
  awaitWindow(ctx, record, backup);
};

/** An automated snapshot; what it holds can be restored from when it is there. */
const takeBase = async (ctx: Context, record: InstanceRecord, backup: AutomatedBackup, seconds: number): Promise<void> => {
  record.view.DBInstanceStatus = 'backing-up';
  const minute = ctx.date().toISOString().slice(0, 16).replace(/[T:]/g, '-');
  const id = `rds:${record.view.DBInstanceIdentifier}-${minute}`;
  const at = ctx.now();
  await takeSnapshot(ctx, record, {
    id,
    type: 'automated',
    tags: [],
    seconds,
    done: () => {
      backup.bases.push({ at, key: snapshotKey(ctx, id), snapshot: id });
      backup.status = 'active';
    },
  });
};

/** An operation of its own: the next window comes long after whatever made the instance is done. */
const awaitWindow = (ctx: Context, record: InstanceRecord, backup: AutomatedBackup): void => {
  const { DbiResourceId: id, DBInstanceIdentifier: name, PreferredBackupWindow: window } = record.view;
  ctx.operation(`rds.backups/${id}`).after(untilBackupWindow(window!, ctx.now()), `rds: ${name} in its backup window`, async (then) => {
    if (!stillThere(then, id) || automatedBackupsOf(then).get(id) !== backup) return;
    backup.retention = record.view.BackupRetentionPeriod;
    // "Automated backups might occasionally be skipped" (user guide): here when the instance is busy, or its window was moved meanwhile.
    if (record.view.DBInstanceStatus === 'available' && record.view.PreferredBackupWindow === window)
      await takeBase(then, record, backup, then.takes('rds.automated-backup'));
    await expireBases(then, backup, (base) => dropBase(then, base));
    awaitWindow(then, record, backup);
  });
};

const dropBase = async (ctx: Context, { key, snapshot }: Base): Promise<void> => {
  const record = snapshot === undefined ? undefined : snapshotsOf(ctx).get(snapshot);
  if (record) {
    snapshotsOf(ctx).delete(record.view.DBSnapshotIdentifier);
    tagsOf(ctx).delete(record.view.DBSnapshotArn);
  }
  await ctx.dataplane.databases.deleteSnapshot(key);
};

/** Backups are turned off, or their instance is deleted without keeping them, or nobody wants them any more. */
export const dropBackups = async (ctx: Context, resourceId: string): Promise<void> => {
  const backup = automatedBackupsOf(ctx).get(resourceId);
  if (!backup) return;
  automatedBackupsOf(ctx).delete(resourceId);
  for (const base of backup.bases.splice(0)) await dropBase(ctx, base);
  await ctx.dataplane.databases.deleteLog(backup.log);
};

/** The instance is about to be destroyed: its backups stay for as long as their retention, counted from now. */
export const retainBackups = async (ctx: Context, resourceId: string): Promise<void> => {
  const backup = automatedBackupsOf(ctx).get(resourceId);
  if (!backup) return;
  await ctx.dataplane.databases.shipLog(databaseKey(ctx, resourceId), backup.log);
  retire(ctx, backup, ctx.now());
};

/** Nothing is added any more; when the retention is over, everything goes. */
export const retire = (ctx: Context, backup: AutomatedBackup, shippedTo: number | undefined): void => {
  backup.status = 'retained';
  backup.shippedTo = shippedTo;
  const id = backup.of.DbiResourceId;
  ctx
    .operation(`rds.backups/${id}`)
    .after(backup.retention * 86_400, `rds: retained backups of ${backup.of.DBInstanceIdentifier} expire`, async (then) => {
      if (automatedBackupsOf(then).get(id) === backup) await dropBackups(then, id);
    });
};

/** @throws AwsError InvalidDBInstanceAutomatedBackupStateFault */
export const mustBeRetained = (backup: AutomatedBackup): void => {
  if (backup.status === 'retained') return;
  throw new AwsError(
    'InvalidDBInstanceAutomatedBackupStateFault',
    `The automated backup ${backup.arn} cannot be deleted while it is ${backup.status}: only retained automated backups can.`,
  );
};
