import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import {
  automatedBackupsOf,
  describeAutomatedBackup,
  expireBases,
  lastMark,
  newAutomatedBackup,
  type AutomatedBackup,
} from './automated-backup.js';
import { encryptionKey } from './encryption-key.js';
import { retire } from './keep-backups.js';
import { checkRetention } from './launch.js';
import { replicatedBackups } from './quotas.js';
import {
  databaseKey,
  instanceNamed,
  invalidValue,
  mustBeAvailable,
  mustReach,
  stillThere,
  tagsOf,
  type InstanceRecord,
} from './records.js';

export const replicateBackups = {
  /** Called in the region that the backups are to go to. */
  StartDBInstanceAutomatedBackupsReplication: async (input, ctx) => {
    accept('rds.StartDBInstanceAutomatedBackupsReplication', input, [
      'SourceDBInstanceArn',
      'BackupRetentionPeriod',
      'KmsKeyId',
      'PreSignedUrl',
      'Tags',
    ]);
    const { source, there } = await sourceOf(ctx, input.SourceDBInstanceArn ?? '');
    const keyArn = await keyFor(ctx, source, input.KmsKeyId);
    const backup = newAutomatedBackup(ctx, source, {
      status: 'pending',
      retention: checkRetention(input.BackupRetentionPeriod ?? 7),
      keyArn,
      sourceRegion: there.region,
    });
    tagsOf(ctx).set(backup.arn, input.Tags ?? []);
    for (const view of [source.view, automatedBackupsOf(there).get(source.view.DbiResourceId)!.of])
      (view.DBInstanceAutomatedBackupsReplications ??= []).push({ DBInstanceAutomatedBackupsArn: backup.arn });
    ctx
      .operation(`rds.backup-replication/${backup.arn}`)
      .after(ctx.takes('rds.copy-snapshot'), `rds: backups of ${source.view.DBInstanceIdentifier} arrive`, (then) => keepUp(then, backup));
    return { DBInstanceAutomatedBackup: describeAutomatedBackup(ctx, backup) };
  },

  /** What has been replicated stays, until its retention is over or somebody deletes it. */
  StopDBInstanceAutomatedBackupsReplication: (input, ctx) => {
    accept('rds.StopDBInstanceAutomatedBackupsReplication', input, ['SourceDBInstanceArn']);
    const backup = replicated(ctx, input.SourceDBInstanceArn);
    if (!backup || backup.status === 'retained') {
      throw new AwsError(
        'DBInstanceNotFoundFault',
        `No automated backups of ${input.SourceDBInstanceArn} are replicated to ${ctx.region}.`,
      );
    }
    stop(ctx, backup);
    return { DBInstanceAutomatedBackup: describeAutomatedBackup(ctx, backup) };
  },
} satisfies Operations<typeof RDS>;

const replicated = (ctx: Context, arn: string | undefined): AutomatedBackup | undefined =>
  [...automatedBackupsOf(ctx).values()].find(({ of, sourceRegion }) => sourceRegion !== ctx.region && of.DBInstanceArn === arn);

/** @throws AwsError when the source is not there, not in another region, has no backups, or has them replicated here already. */
const sourceOf = async (ctx: Context, arn: string): Promise<{ source: InstanceRecord; there: Context }> => {
  const [, , service, region, account, kind] = arn.split(':');
  if (service !== 'rds' || kind !== 'db' || account !== ctx.account) throw invalidValue(`Invalid SourceDBInstanceArn: ${arn}`);
  if (region === ctx.region) throw invalidValue(`The source DB instance ${arn} is in this region; backups are replicated to another.`);
  const there = mustReach(ctx, region!);
  await there.onBehalf('rds').call('rds', 'DescribeDBInstances', { DBInstanceIdentifier: arn });
  const source = instanceNamed(there, arn);
  mustBeAvailable(source, `The DB instance ${arn} is not in the available state.`);
  if (automatedBackupsOf(there).get(source.view.DbiResourceId)?.bases.length === undefined) {
    throw new AwsError('InvalidDBInstanceStateFault', `Automated backups are not enabled for the DB instance ${arn}.`);
  }
  const existing = replicated(ctx, arn);
  if (existing) {
    throw new AwsError(
      'InvalidDBInstanceAutomatedBackupStateFault',
      `Automated backups of ${arn} are in ${ctx.region} already, as ${existing.arn}: ${existing.status}.`,
    );
  }
  const count = [...automatedBackupsOf(ctx).values()].filter(({ sourceRegion }) => sourceRegion !== ctx.region).length;
  if (count >= replicatedBackups) {
    throw new AwsError('DBInstanceAutomatedBackupQuotaExceededFault', `Cannot replicate more than ${replicatedBackups} automated backups`);
  }
  return { source, there };
};

/** @throws AwsError InvalidParameterValue, KMSKeyNotAccessibleFault */
const keyFor = async (ctx: Context, { view }: InstanceRecord, asked: string | undefined): Promise<string | undefined> => {
  if (view.StorageEncrypted && asked === undefined)
    throw invalidValue('The parameter KmsKeyId must be given to replicate encrypted automated backups: KMS keys belong to one region.');
  return asked === undefined ? undefined : encryptionKey(ctx, asked);
};

/** Brings over new snapshots and the log, then waits for the next five-minute mark. A source that cannot be reached adds nothing. */
const keepUp = async (ctx: Context, backup: AutomatedBackup): Promise<void> => {
  const id = backup.of.DbiResourceId;
  if (automatedBackupsOf(ctx).get(id) !== backup || backup.status === 'retained') return;
  if (!ctx.regionIsLost(backup.sourceRegion)) {
    const there = ctx.at({ region: backup.sourceRegion });
    const source = stillThere(there, id);
    const origin = automatedBackupsOf(there).get(id);
    if (!source || !origin) return stop(ctx, backup);
    await bringOver(ctx, backup, origin);
    await ctx.dataplane.databases.shipLog(databaseKey(there, id), origin.log);
    await ctx.dataplane.databases.copyLog(origin.log, backup.log);
    backup.shippedTo = ctx.now();
    backup.status = 'replicating';
    await expireBases(ctx, backup, ({ key }) => ctx.dataplane.databases.deleteSnapshot(key));
  }
  const next = lastMark(ctx.now()) + 300_000;
  ctx.after((next - ctx.now()) / 1000, `rds: log of ${backup.of.DBInstanceIdentifier} arrives`, (then) => keepUp(then, backup));
};

/** The newest snapshot first of all, then every one that comes. */
const bringOver = async (ctx: Context, backup: AutomatedBackup, origin: AutomatedBackup): Promise<void> => {
  const newest = backup.bases.at(-1)?.at;
  const coming = newest === undefined ? origin.bases.slice(-1) : origin.bases.filter(({ at }) => at > newest);
  for (const base of coming) {
    const key = { account: ctx.account, region: ctx.region, id: `${backup.log.id}-${base.at}` };
    await ctx.dataplane.databases.copySnapshot(base.key, key);
    backup.bases.push({ at: base.at, key, snapshot: undefined });
  }
};

const stop = (ctx: Context, backup: AutomatedBackup): void => {
  retire(ctx, backup, backup.shippedTo);
  if (ctx.regionIsLost(backup.sourceRegion)) return;
  const there = ctx.at({ region: backup.sourceRegion });
  const id = backup.of.DbiResourceId;
  for (const view of [stillThere(there, id)?.view, automatedBackupsOf(there).get(id)?.of]) {
    if (!view) continue;
    view.DBInstanceAutomatedBackupsReplications = view.DBInstanceAutomatedBackupsReplications?.filter(
      ({ DBInstanceAutomatedBackupsArn: arn }) => arn !== backup.arn,
    );
  }
};
