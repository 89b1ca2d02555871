import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { DatabasePlace } from '../../world/dataplane.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { automatedBackupWith, automatedBackupsOf, restoreWindow, type AutomatedBackup } from './automated-backup.js';
import { freeIdentifier } from './launch.js';
import { databaseKey, instanceNamed, invalidCombination, invalidValue, stillThere } from './records.js';
import { launchRestored, restoreParameters } from './restored.js';

export const restoreToTime = {
  RestoreDBInstanceToPointInTime: async (input, ctx) => {
    accept('rds.RestoreDBInstanceToPointInTime', input, [
      ...restoreParameters,
      'TargetDBInstanceIdentifier',
      'SourceDBInstanceIdentifier',
      'SourceDbiResourceId',
      'SourceDBInstanceAutomatedBackupsArn',
      'RestoreTime',
      'UseLatestRestorableTime',
      'MaxAllocatedStorage',
    ]);
    const id = freeIdentifier(ctx, input.TargetDBInstanceIdentifier);
    const backup = backupOf(ctx, input);
    const { of } = backup;
    const instant = instantAsked(ctx, backup, input);
    const current = stillThere(ctx, of.DbiResourceId)?.view ?? of;
    const DBInstance = await launchRestored(ctx, id, input, {
      origin: {
        engine: of.Engine,
        engineVersion: of.EngineVersion,
        instanceClass: current.DBInstanceClass,
        masterUsername: of.MasterUsername,
        databaseName: of.DBName,
        port: backup.port,
        storage: current.AllocatedStorage!,
        encrypted: of.StorageEncrypted ?? false,
        keyArn: backup.keyArn,
        retention: backup.retention,
        window: current.PreferredBackupWindow,
        tags: [],
      },
      start: (then, { view, address, hostname, port }) =>
        recover(then, backup, instant, { id: view.DbiResourceId, address, hostname, port }),
    });
    return { DBInstance };
  },
} satisfies Operations<typeof RDS>;

/** @throws AwsError when the request names no source, or more than one, or one without automated backups. */
const backupOf = (ctx: Context, input: RDS.RestoreDBInstanceToPointInTimeMessage): AutomatedBackup => {
  const { SourceDBInstanceIdentifier: name, SourceDbiResourceId: resource, SourceDBInstanceAutomatedBackupsArn: arn } = input;
  if ([name, resource, arn].filter((given) => given !== undefined).length !== 1) {
    throw invalidCombination(
      'Exactly one of SourceDBInstanceIdentifier, SourceDbiResourceId and SourceDBInstanceAutomatedBackupsArn must be given.',
    );
  }
  if (arn !== undefined) return automatedBackupWith(ctx, arn);
  if (resource !== undefined) {
    const found = automatedBackupsOf(ctx).get(resource);
    if (found?.sourceRegion === ctx.region) return found;
    throw new AwsError('DBInstanceAutomatedBackupNotFoundFault', `DBInstanceAutomatedBackup of ${resource} not found.`);
  }
  const { view } = instanceNamed(ctx, name);
  const found = automatedBackupsOf(ctx).get(view.DbiResourceId);
  if (found) return found;
  throw new AwsError(
    'PointInTimeRestoreNotEnabledFault',
    `Point in time restore is not enabled for the DB instance ${view.DBInstanceIdentifier}: its backup retention period is ${view.BackupRetentionPeriod}.`,
  );
};

/** @throws AwsError InvalidParameterCombination, InvalidParameterValue */
const instantAsked = (ctx: Context, backup: AutomatedBackup, input: RDS.RestoreDBInstanceToPointInTimeMessage): number => {
  const { RestoreTime: time, UseLatestRestorableTime: latest = false } = input;
  if (time !== undefined && latest) throw invalidCombination('RestoreTime and UseLatestRestorableTime cannot both be specified.');
  if (time === undefined && !latest) throw invalidCombination('Either RestoreTime or UseLatestRestorableTime must be specified.');
  const window = restoreWindow(ctx, backup);
  if (!window)
    throw new AwsError('InvalidDBInstanceStateFault', `The first backup of ${backup.of.DBInstanceIdentifier} is not complete yet.`);
  if (time === undefined) return window.latest;
  if (time.getTime() >= window.earliest && time.getTime() <= window.latest) return time.getTime();
  const [from, to] = [window.earliest, window.latest].map((instant) => new Date(instant).toISOString());
  throw invalidValue(`The restore time ${time.toISOString()} is not within the restore window of the source: ${from} to ${to}.`);
};

const recover = async (
  ctx: Context,
  backup: AutomatedBackup,
  instant: number,
  target: DatabasePlace & { id: string },
): Promise<string | undefined> => {
  const base = backup.bases.findLast(({ at }) => at <= instant);
  // Deleted, or expired, since it was asked for.
  if (!base) return 'incompatible-restore';
  const source = backup.sourceRegion === ctx.region ? stillThere(ctx, backup.of.DbiResourceId) : undefined;
  if (source) await ctx.dataplane.databases.shipLog(databaseKey(ctx, source.view.DbiResourceId), backup.log);
  const from = { snapshot: base.key, log: backup.log, instant };
  await ctx.dataplane.databases.recover(from, databaseKey(ctx, target.id), target);
  return undefined;
};
