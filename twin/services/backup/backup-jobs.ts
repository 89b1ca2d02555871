import type * as Backup from '@aws-sdk/client-backup';
import type {
  CreateDBSnapshotCommandOutput,
  DBInstance,
  DBSnapshot,
  DescribeDBInstancesCommandOutput,
  DescribeDBSnapshotsCommandOutput,
} from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { mustBeAllowed } from './access.js';
import { enterLane, leaveLane } from './lane.js';
import {
  backupJobsOf,
  paged,
  checkLifecycle,
  checkWindows,
  invalidValue,
  notFound,
  refusedByLock,
  required,
  tokensOf,
  vaultNamed,
  type PointRecord,
} from './records.js';
import { addPoint } from './recovery-points.js';
import { restoreMetadataOf } from './restore-metadata.js';
import { assumeRole } from './role.js';
import { stateAfter } from './state-after.js';

export const backupJobs = {
  StartBackupJob: async (input, ctx) => {
    accept('backup.StartBackupJob', input, [
      'BackupVaultName',
      'ResourceArn',
      'IamRoleArn',
      'IdempotencyToken',
      'StartWindowMinutes',
      'CompleteWindowMinutes',
      'Lifecycle',
      'RecoveryPointTags',
    ]);
    required(input, 'BackupVaultName', 'ResourceArn', 'IamRoleArn');
    const token = `StartBackupJob/${input.IdempotencyToken}`;
    const before = backupJobsOf(ctx).get(tokensOf(ctx).get(token) ?? '');
    if (before) return { BackupJobId: before.BackupJobId, CreationDate: before.CreationDate };
    checkWindows(input.StartWindowMinutes, input.CompleteWindowMinutes);
    mustBeAllowed(ctx, vaultNamed(ctx, input.BackupVaultName), 'StartBackupJob');
    await assumeRole(ctx, input.IamRoleArn);
    await databaseBehind(ctx, input.ResourceArn);
    const job = beginBackup(ctx, {
      vault: input.BackupVaultName!,
      resourceArn: input.ResourceArn!,
      role: input.IamRoleArn!,
      startWindowMinutes: input.StartWindowMinutes ?? 480,
      lifecycle: input.Lifecycle,
      tags: input.RecoveryPointTags ?? {},
      createdBy: undefined,
      completed: () => undefined,
    });
    if (input.IdempotencyToken !== undefined) tokensOf(ctx).set(token, job.BackupJobId!);
    return { BackupJobId: job.BackupJobId, CreationDate: job.CreationDate };
  },

  DescribeBackupJob: (input, ctx) => {
    const job = backupJobsOf(ctx).get(input.BackupJobId ?? '');
    if (!job) throw notFound(`Backup job ${input.BackupJobId} does not exist.`);
    return { ...job };
  },

  ListBackupJobs: (input, ctx) => {
    accept('backup.ListBackupJobs', input, [
      'NextToken',
      'MaxResults',
      'ByResourceArn',
      'ByState',
      'ByBackupVaultName',
      'ByCreatedBefore',
      'ByCreatedAfter',
      'ByResourceType',
    ]);
    const all = [...backupJobsOf(ctx).values()].filter(
      (job) =>
        (input.ByResourceArn === undefined || job.ResourceArn === input.ByResourceArn) &&
        (input.ByState === undefined || job.State === input.ByState) &&
        (input.ByBackupVaultName === undefined || job.BackupVaultName === input.ByBackupVaultName) &&
        (input.ByResourceType === undefined || job.ResourceType === input.ByResourceType) &&
        (input.ByCreatedBefore === undefined || job.CreationDate! < input.ByCreatedBefore) &&
        (input.ByCreatedAfter === undefined || job.CreationDate! > input.ByCreatedAfter),
    );
    const { items, next } = paged(all.reverse(), input);
    return { BackupJobs: items.map((job) => ({ ...job })), NextToken: next };
  },
} satisfies Operations<typeof Backup>;

export interface BackupOrder {
  readonly vault: string;
  readonly resourceArn: string;
  readonly role: string;
  readonly startWindowMinutes: number;
  readonly lifecycle: Backup.Lifecycle | undefined;
  readonly tags: Record<string, string>;
  readonly createdBy: Backup.RecoveryPointCreator | undefined;
  /** Called with the recovery point once the job is completed. */
  readonly completed: (ctx: Context, point: PointRecord) => void;
}

/** How often AWS Backup looks at what RDS does for it: an assumption. */
export const pollSeconds = 30;

/** CREATED, PENDING until the resource is free, RUNNING from the moment the snapshot is taken. */
export const beginBackup = (ctx: Context, order: BackupOrder): Backup.BackupJob => {
  checkLifecycle(order.lifecycle);
  const vault = vaultNamed(ctx, order.vault);
  const job: Backup.BackupJob = {
    AccountId: ctx.account,
    BackupJobId: freshUuid(ctx, 'backup.job'),
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    ResourceArn: order.resourceArn,
    ResourceType: 'RDS',
    CreationDate: ctx.date(),
    InitiationDate: ctx.date(),
    StartBy: new Date(ctx.now() + order.startWindowMinutes * 60_000),
    State: 'CREATED',
    PercentDone: '0.0',
    IamRoleArn: order.role,
    CreatedBy: order.createdBy,
    IsParent: false,
  };
  backupJobsOf(ctx).set(job.BackupJobId!, job);
  ctx.after(1, `backup: job ${job.BackupJobId} waits`, (then) => {
    job.State = 'PENDING';
    enterLane(then, order.resourceArn, (turn) =>
      turn.after(turn.takes('backup.start-job'), `backup: job ${job.BackupJobId} runs`, (run) => runJob(run, job, order)),
    );
  });
  return job;
};

const runJob = async (ctx: Context, job: Backup.BackupJob, order: BackupOrder): Promise<void> => {
  if (ctx.now() > job.StartBy!.getTime()) return end(ctx, job, 'EXPIRED', 'Backup job expired before it could be started.');
  try {
    await assumeRole(ctx, order.role);
    const refusal = refusedByLock(vaultNamed(ctx, order.vault), order.lifecycle);
    if (refusal !== undefined) throw invalidValue(refusal);
    const database = await databaseBehind(ctx, order.resourceArn);
    job.State = 'RUNNING';
    const { DBSnapshot } = await ctx.onBehalf('backup').call<CreateDBSnapshotCommandOutput>('rds', 'CreateDBSnapshot', {
      DBInstanceIdentifier: database.DBInstanceIdentifier,
      DBSnapshotIdentifier: `awsbackup:job-${job.BackupJobId}`,
    });
    await follow(ctx, job, order, newPoint(ctx, job, order, database, DBSnapshot!));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    end(ctx, job, stateAfter(error), error.message);
  }
};

const newPoint = (ctx: Context, job: Backup.BackupJob, order: BackupOrder, database: DBInstance, snapshot: DBSnapshot): PointRecord => {
  const vault = vaultNamed(ctx, order.vault);
  Object.assign(job, {
    RecoveryPointArn: snapshot.DBSnapshotArn,
    ResourceName: database.DBInstanceIdentifier,
    EncryptionKeyArn: snapshot.KmsKeyId,
    IsEncrypted: snapshot.Encrypted,
    RecoveryPointLifecycle: order.lifecycle,
    BackupSizeInBytes: snapshot.AllocatedStorage! * 2 ** 30,
  });
  const point: PointRecord = {
    restoreMetadata: restoreMetadataOf(database, snapshot),
    view: {
      RecoveryPointArn: snapshot.DBSnapshotArn!,
      BackupVaultName: vault.name,
      BackupVaultArn: vault.arn,
      ResourceArn: order.resourceArn,
      ResourceType: 'RDS',
      ResourceName: database.DBInstanceIdentifier,
      CreatedBy: order.createdBy,
      IamRoleArn: order.role,
      Status: 'CREATING',
      CreationDate: snapshot.SnapshotCreateTime!,
      InitiationDate: job.InitiationDate,
      BackupSizeInBytes: snapshot.AllocatedStorage! * 2 ** 30,
      Lifecycle: order.lifecycle,
      EncryptionKeyArn: snapshot.KmsKeyId,
      IsEncrypted: snapshot.Encrypted,
      IsParent: false,
      VaultType: 'BACKUP_VAULT',
    },
  };
  const inherited = Object.fromEntries((database.TagList ?? []).map(({ Key, Value }) => [Key!, Value ?? '']));
  addPoint(ctx, vault, point, { ...inherited, ...order.tags });
  return point;
};

const follow = async (ctx: Context, job: Backup.BackupJob, order: BackupOrder, point: PointRecord): Promise<void> => {
  const snapshot = await snapshotBehind(ctx, point.view.RecoveryPointArn);
  if (snapshot.Status !== 'available') {
    job.PercentDone = `${snapshot.PercentProgress}.0`;
    ctx.after(pollSeconds, `backup: look at job ${job.BackupJobId}`, (then) => follow(then, job, order, point));
    return;
  }
  point.view.Status = 'COMPLETED';
  point.view.CompletionDate = ctx.date();
  end(ctx, job, 'COMPLETED');
  order.completed(ctx, point);
};

const end = (ctx: Context, job: Backup.BackupJob, state: Backup.BackupJobState, message?: string): void => {
  Object.assign(job, {
    State: state,
    CompletionDate: ctx.date(),
    StatusMessage: message,
    ...(state === 'COMPLETED' ? { PercentDone: '100.0' } : {}),
  });
  leaveLane(ctx, job.ResourceArn!);
};

/** @throws AwsError of Backup or RDS: AWS Backup here protects DB instances only. */
const databaseBehind = async (ctx: Context, arn: string | undefined): Promise<DBInstance> => {
  if (!/^arn:aws:rds:[^:]+:\d{12}:db:/.test(arn ?? '')) {
    throw new AwsError('NotModelled', `NotModelled: backup of ${arn}: the twin backs up RDS DB instances only`, { status: 501 });
  }
  if (arn!.split(':')[3] !== ctx.region) throw invalidValue(`Resource ${arn} is not in this region.`);
  const found = await ctx
    .onBehalf('backup')
    .call<DescribeDBInstancesCommandOutput>('rds', 'DescribeDBInstances', { DBInstanceIdentifier: arn })
    .catch((error: unknown) => {
      if (error instanceof AwsError) throw invalidValue(`Unable to find resource ${arn}: ${error.message}`);
      throw error;
    });
  return found.DBInstances![0]!;
};

export const snapshotBehind = async (ctx: Context, arn: string): Promise<DBSnapshot> => {
  const found = await ctx
    .onBehalf('backup')
    .call<DescribeDBSnapshotsCommandOutput>('rds', 'DescribeDBSnapshots', { DBSnapshotIdentifier: arn });
  return found.DBSnapshots![0]!;
};
