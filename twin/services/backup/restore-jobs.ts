import type * as Backup from '@aws-sdk/client-backup';
import type { DescribeDBInstancesCommandOutput, RestoreDBInstanceFromDBSnapshotCommandOutput } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { mustBeAllowed } from './access.js';
import { pollSeconds } from './backup-jobs.js';
import {
  paged,
  invalidRequest,
  invalidValue,
  notFound,
  required,
  restoreJobsOf,
  tokensOf,
  vaultNamed,
  vaultsOf,
  type PointRecord,
  type RestoreJobRecord,
} from './records.js';
import { restoreInput } from './restore-metadata.js';
import { assumeRole } from './role.js';
import { stateAfter } from './state-after.js';

export const restoreJobs = {
  StartRestoreJob: async (input, ctx) => {
    accept('backup.StartRestoreJob', input, [
      'RecoveryPointArn',
      'Metadata',
      'IamRoleArn',
      'IdempotencyToken',
      'ResourceType',
      'CopySourceTagsToRestoredResource',
    ]);
    required(input, 'RecoveryPointArn', 'Metadata', 'IamRoleArn');
    const token = `StartRestoreJob/${input.IdempotencyToken}`;
    const before = tokensOf(ctx).get(token);
    if (input.IdempotencyToken !== undefined && before !== undefined) return { RestoreJobId: before };
    const metadata = input.Metadata ?? {};
    const point = completedPoint(ctx, input.RecoveryPointArn);
    mustBeAllowed(ctx, vaultNamed(ctx, point.view.BackupVaultName), 'StartRestoreJob', { resourceArn: point.view.RecoveryPointArn });
    if (input.ResourceType !== undefined && input.ResourceType !== 'RDS')
      throw invalidValue(`Recovery point ${input.RecoveryPointArn} is not of type ${input.ResourceType}.`);
    restoreInput(metadata);
    await assumeRole(ctx, input.IamRoleArn);
    const job: RestoreJobRecord = {
      metadata: { ...metadata },
      view: {
        AccountId: ctx.account,
        RestoreJobId: freshUuid(ctx, 'backup.restore-job').toUpperCase(),
        RecoveryPointArn: point.view.RecoveryPointArn,
        SourceResourceArn: point.view.ResourceArn,
        BackupVaultArn: point.view.BackupVaultArn,
        RecoveryPointCreationDate: point.view.CreationDate,
        ResourceType: 'RDS',
        CreationDate: ctx.date(),
        Status: 'PENDING',
        PercentDone: '0.00%',
        BackupSizeInBytes: point.view.BackupSizeInBytes,
        IamRoleArn: input.IamRoleArn,
        IsParent: false,
      },
    };
    restoreJobsOf(ctx).set(job.view.RestoreJobId, job);
    if (input.IdempotencyToken !== undefined) tokensOf(ctx).set(token, job.view.RestoreJobId);
    ctx.after(ctx.takes('backup.start-job'), `backup: restore ${job.view.RestoreJobId} runs`, (then) => runRestore(then, job));
    return { RestoreJobId: job.view.RestoreJobId };
  },

  DescribeRestoreJob: (input, ctx) => ({ ...jobWithId(ctx, input.RestoreJobId).view }),

  GetRestoreJobMetadata: (input, ctx) => {
    const { view, metadata } = jobWithId(ctx, input.RestoreJobId);
    return { RestoreJobId: view.RestoreJobId, Metadata: { ...metadata } };
  },

  ListRestoreJobs: (input, ctx) => {
    accept('backup.ListRestoreJobs', input, [
      'NextToken',
      'MaxResults',
      'ByAccountId',
      'ByResourceType',
      'ByCreatedBefore',
      'ByCreatedAfter',
      'ByStatus',
    ]);
    const all = [...restoreJobsOf(ctx).values()].map(({ view }) => view).filter((view) => matches(view, input));
    const { items, next } = paged(all.reverse(), input);
    return { RestoreJobs: items.map((view) => ({ ...view })), NextToken: next };
  },
} satisfies Operations<typeof Backup>;

const matches = (job: RestoreJobRecord['view'], by: Backup.ListRestoreJobsInput): boolean =>
  (by.ByAccountId === undefined || job.AccountId === by.ByAccountId) &&
  (by.ByResourceType === undefined || job.ResourceType === by.ByResourceType) &&
  (by.ByStatus === undefined || job.Status === by.ByStatus) &&
  (by.ByCreatedBefore === undefined || job.CreationDate! < by.ByCreatedBefore) &&
  (by.ByCreatedAfter === undefined || job.CreationDate! > by.ByCreatedAfter);

const jobWithId = (ctx: Context, id: string | undefined): RestoreJobRecord => {
  const found = restoreJobsOf(ctx).get(id ?? '');
  if (!found) throw notFound(`Restore job ${id} does not exist.`);
  return found;
};

/** @throws AwsError ResourceNotFoundException, InvalidRequestException */
const completedPoint = (ctx: Context, arn: string | undefined): PointRecord => {
  const point = [...vaultsOf(ctx).values()].map(({ points }) => points.get(arn ?? '')).find((found) => found !== undefined);
  if (!point) throw notFound(`Recovery point ${arn} does not exist.`);
  if (point.view.Status !== 'COMPLETED')
    throw invalidRequest(`Recovery point ${arn} cannot be restored: its status is ${point.view.Status}.`);
  return point;
};

/** What RDS refuses is the job's failure, not the call's: the client hears of it when it looks. */
const runRestore = async (ctx: Context, job: RestoreJobRecord): Promise<void> => {
  const { view } = job;
  try {
    await assumeRole(ctx, view.IamRoleArn);
    const point = completedPoint(ctx, view.RecoveryPointArn);
    view.Status = 'RUNNING';
    const { DBInstance } = await ctx
      .onBehalf('backup')
      .call<RestoreDBInstanceFromDBSnapshotCommandOutput>('rds', 'RestoreDBInstanceFromDBSnapshot', {
        ...restoreInput(job.metadata),
        DBSnapshotIdentifier: point.view.RecoveryPointArn,
      });
    view.CreatedResourceArn = DBInstance!.DBInstanceArn;
    point.view.LastRestoreTime = ctx.date();
    lookLater(ctx, job);
  } catch (error) {
    const refused = refusal(error);
    end(ctx, job, stateAfter(refused), refused.message);
  }
};

const lookLater = (ctx: Context, job: RestoreJobRecord): void =>
  ctx.after(pollSeconds, `backup: look at restore ${job.view.RestoreJobId}`, (then) => follow(then, job));

const follow = async (ctx: Context, job: RestoreJobRecord): Promise<void> => {
  try {
    const found = await ctx
      .onBehalf('backup')
      .call<DescribeDBInstancesCommandOutput>('rds', 'DescribeDBInstances', { DBInstanceIdentifier: job.view.CreatedResourceArn });
    const status = found.DBInstances![0]!.DBInstanceStatus!;
    if (status === 'available') end(ctx, job, 'COMPLETED');
    else if (status.startsWith('incompatible-') || ['failed', 'deleting'].includes(status))
      end(ctx, job, 'FAILED', `The DB instance is ${status}.`);
    else lookLater(ctx, job);
  } catch (error) {
    end(ctx, job, 'FAILED', refusal(error).message);
  }
};

const end = (ctx: Context, { view }: RestoreJobRecord, status: Backup.RestoreJobStatus, message?: string): void => {
  Object.assign(view, {
    Status: status,
    StatusMessage: message,
    CompletionDate: ctx.date(),
    ...(status === 'COMPLETED' ? { PercentDone: '100.00%' } : {}),
  });
};

const refusal = (error: unknown): AwsError => {
  if (error instanceof AwsError) return error;
  throw error;
};
