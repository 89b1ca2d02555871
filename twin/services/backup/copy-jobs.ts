import type * as Backup from '@aws-sdk/client-backup';
import type { CopyDBSnapshotCommandOutput } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { pollSeconds, snapshotBehind } from './backup-jobs.js';
import { mustBeAllowed } from './access.js';
import { enterLane, leaveLane } from './lane.js';
import {
  paged,
  checkLifecycle,
  copyJobsOf,
  invalidRequest,
  invalidValue,
  notFound,
  pointIn,
  refusedByLock,
  required,
  tagsOf,
  tokensOf,
  vaultNamed,
  type PointRecord,
} from './records.js';
import { addPoint } from './recovery-points.js';
import { assumeRole } from './role.js';
import { stateAfter } from './state-after.js';

export const copyJobs = {
  StartCopyJob: async (input, ctx) => {
    accept('backup.StartCopyJob', input, [
      'RecoveryPointArn',
      'SourceBackupVaultName',
      'DestinationBackupVaultArn',
      'IamRoleArn',
      'IdempotencyToken',
      'Lifecycle',
    ]);
    required(input, 'RecoveryPointArn', 'SourceBackupVaultName', 'DestinationBackupVaultArn', 'IamRoleArn');
    const token = `StartCopyJob/${input.IdempotencyToken}`;
    const before = copyJobsOf(ctx).get(tokensOf(ctx).get(token) ?? '');
    if (before) return { CopyJobId: before.CopyJobId, CreationDate: before.CreationDate };
    await assumeRole(ctx, input.IamRoleArn);
    const vault = vaultNamed(ctx, input.SourceBackupVaultName);
    const point = pointIn(vault, input.RecoveryPointArn);
    if (point.view.Status !== 'COMPLETED')
      throw invalidRequest(`Recovery point ${input.RecoveryPointArn} cannot be copied: its status is ${point.view.Status}.`);
    mustBeAllowed(ctx, vault, 'CopyFromBackupVault', { resourceArn: point.view.RecoveryPointArn });
    if (destination(ctx, input.DestinationBackupVaultArn ?? '').vault === vault)
      throw invalidValue(`The source and the destination of a copy cannot be the same vault: ${vault.arn}`);
    const job = beginCopy(ctx, point, {
      destinationArn: input.DestinationBackupVaultArn!,
      role: input.IamRoleArn!,
      // "Copies retain their source configuration … unless you specify otherwise."
      lifecycle: input.Lifecycle ?? point.view.Lifecycle,
      createdBy: undefined,
    });
    if (input.IdempotencyToken !== undefined) tokensOf(ctx).set(token, job.CopyJobId!);
    return { CopyJobId: job.CopyJobId, CreationDate: job.CreationDate };
  },

  DescribeCopyJob: (input, ctx) => {
    const job = copyJobsOf(ctx).get(input.CopyJobId ?? '');
    if (!job) throw notFound(`Copy job ${input.CopyJobId} does not exist.`);
    return { CopyJob: { ...job } };
  },

  ListCopyJobs: (input, ctx) => {
    accept('backup.ListCopyJobs', input, [
      'NextToken',
      'MaxResults',
      'ByResourceArn',
      'ByState',
      'ByCreatedBefore',
      'ByCreatedAfter',
      'ByResourceType',
      'ByDestinationVaultArn',
    ]);
    const all = [...copyJobsOf(ctx).values()].filter(
      (job) =>
        (input.ByResourceArn === undefined || job.ResourceArn === input.ByResourceArn) &&
        (input.ByState === undefined || job.State === input.ByState) &&
        (input.ByResourceType === undefined || job.ResourceType === input.ByResourceType) &&
        (input.ByDestinationVaultArn === undefined || job.DestinationBackupVaultArn === input.ByDestinationVaultArn) &&
        (input.ByCreatedBefore === undefined || job.CreationDate! < input.ByCreatedBefore) &&
        (input.ByCreatedAfter === undefined || job.CreationDate! > input.ByCreatedAfter),
    );
    const { items, next } = paged(all.reverse(), input);
    return { CopyJobs: items.map((job) => ({ ...job })), NextToken: next };
  },
} satisfies Operations<typeof Backup>;

interface CopyOrder {
  readonly destinationArn: string;
  readonly role: string;
  readonly lifecycle: Backup.Lifecycle | undefined;
  readonly createdBy: Backup.RecoveryPointCreator | undefined;
}

/** CREATED until the resource is free, then RUNNING. The job is a record of the source region; the copy is made in the other one. */
export const beginCopy = (ctx: Context, point: PointRecord, order: CopyOrder): Backup.CopyJob => {
  checkLifecycle(order.lifecycle);
  const { view } = point;
  const job: Backup.CopyJob = {
    AccountId: ctx.account,
    CopyJobId: freshUuid(ctx, 'backup.copy-job'),
    SourceBackupVaultArn: view.BackupVaultArn,
    SourceRecoveryPointArn: view.RecoveryPointArn,
    DestinationBackupVaultArn: order.destinationArn,
    ResourceArn: view.ResourceArn,
    ResourceType: view.ResourceType,
    ResourceName: view.ResourceName,
    CreationDate: ctx.date(),
    State: 'CREATED',
    BackupSizeInBytes: view.BackupSizeInBytes,
    IamRoleArn: order.role,
    CreatedBy: order.createdBy,
    IsParent: false,
  };
  copyJobsOf(ctx).set(job.CopyJobId!, job);
  enterLane(ctx, view.ResourceArn, (turn) =>
    turn.after(turn.takes('backup.start-job'), `backup: copy ${job.CopyJobId} runs`, (run) => runCopy(run, job, order, point)),
  );
  return job;
};

const runCopy = async (ctx: Context, job: Backup.CopyJob, order: CopyOrder, source: PointRecord): Promise<void> => {
  job.State = 'RUNNING';
  try {
    await assumeRole(ctx, order.role);
    const { there, vault } = destination(ctx, order.destinationArn);
    mustBeAllowed(ctx, vault, 'CopyIntoBackupVault', { principalArn: order.role });
    const refusal = refusedByLock(vault, order.lifecycle);
    if (refusal !== undefined) throw invalidValue(refusal);
    const { DBSnapshot: copy } = await there.onBehalf('backup').call<CopyDBSnapshotCommandOutput>('rds', 'CopyDBSnapshot', {
      SourceDBSnapshotIdentifier: source.view.RecoveryPointArn,
      TargetDBSnapshotIdentifier: `awsbackup:copyjob-${job.CopyJobId}`,
      KmsKeyId: vault.keyArn,
      CopyTags: true,
    });
    job.DestinationRecoveryPointArn = copy!.DBSnapshotArn;
    job.DestinationRecoveryPointLifecycle = order.lifecycle;
    job.DestinationEncryptionKeyArn = vault.keyArn;
    const { CompletionDate: _sources, CalculatedLifecycle: _too, ...kept } = source.view;
    const point: PointRecord = {
      restoreMetadata: { ...source.restoreMetadata, DBSnapshotIdentifier: copy!.DBSnapshotIdentifier! },
      // CreationDate stays the source's (`kept`): "The creation date refers to when the source was created, not when the copy was."
      view: {
        ...kept,
        RecoveryPointArn: copy!.DBSnapshotArn!,
        BackupVaultName: vault.name,
        BackupVaultArn: vault.arn,
        SourceBackupVaultArn: source.view.BackupVaultArn,
        IamRoleArn: order.role,
        Status: 'CREATING',
        InitiationDate: job.CreationDate,
        Lifecycle: order.lifecycle,
        EncryptionKeyArn: vault.keyArn,
        IsEncrypted: true,
      },
    };
    addPoint(there, vault, point, { ...tagsOf(ctx).get(source.view.RecoveryPointArn) });
    await follow(there, ctx.region, job, point);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    end(ctx, job, stateAfter(error), error.message);
  }
};

/**
 * Looks on from the destination, so that a copy that is complete there is known there, whatever becomes of the source region.
 * While its source is lost, a copy that was not complete stays CREATING; the job, a record of the source, ends when that is back.
 */
const follow = async (there: Context, sourceRegion: string, job: Backup.CopyJob, point: PointRecord): Promise<void> => {
  const { Status: status } = await snapshotBehind(there, point.view.RecoveryPointArn);
  const source = there.at({ region: sourceRegion });
  const lost = there.regionIsLost(sourceRegion);
  const conclude = (state: Backup.CopyJobState, message?: string): void => {
    if (lost) source.after(0, `backup: end of copy ${job.CopyJobId}`, (back) => end(back, job, state, message));
    else end(source, job, state, message);
  };
  if (status === 'available') {
    point.view.Status = 'COMPLETED';
    point.view.CompletionDate = there.date();
    conclude('COMPLETED');
  } else if (status === 'failed') {
    vaultNamed(there, point.view.BackupVaultName).points.delete(point.view.RecoveryPointArn);
    conclude('FAILED', 'The snapshot copy failed.');
  } else {
    const look = (then: Context): Promise<void> => follow(then.at({ region: there.region }), sourceRegion, job, point);
    (lost ? source : there).after(pollSeconds, `backup: look at copy ${job.CopyJobId}`, look);
  }
};

const end = (ctx: Context, job: Backup.CopyJob, state: Backup.CopyJobState, message?: string): void => {
  Object.assign(job, { State: state, CompletionDate: ctx.date(), StatusMessage: message });
  leaveLane(ctx, job.ResourceArn!);
};

/** @throws AwsError when the destination is no vault of this account, or in a region that is not there. */
const destination = (ctx: Context, arn: string) => {
  const [, , service, region, account, kind, name] = arn.split(':');
  if (service !== 'backup' || kind !== 'backup-vault') throw invalidValue(`${arn} is not the ARN of a backup vault.`);
  if (account !== ctx.account) throw new AwsError('NotModelled', 'NotModelled: backup.StartCopyJob to another account', { status: 501 });
  if (ctx.regionIsLost(region!)) throw new AwsError('ServiceUnavailableException', `The destination region ${region} cannot be reached.`);
  const there = ctx.at({ region: region! });
  return { there, vault: vaultNamed(there, name) };
};
