import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import { RecoveryError } from '../model/recovery-error.js';
import { findInstance, isUsable } from './database-instance.js';
import type { StepContext } from './define-step.js';
import { restoreJobs } from './looks/restore-jobs.js';
import { restoreMetadata } from './looks/restore-metadata.js';
import { classify, type Statuses } from './statuses.js';

export const jobStatuses: Statuses = { of: 'restore job', onTheWay: ['PENDING', 'RUNNING'], goal: ['COMPLETED'] };

const jobsNow = async (ctx: StepContext): Promise<ReadonlyMap<string, RestoreJobsListMember>> =>
  (await ctx.look(restoreJobs, ctx.to.region, 'RDS')) ?? new Map();

/** A restore job as AWS Backup lists it; undefined: it does not. */
export const findJob = async (ctx: StepContext, job: string): Promise<RestoreJobsListMember | undefined> => (await jobsNow(ctx)).get(job);

/** @throws RecoveryError `rejected` where AWS Backup lists none of that id. */
export const theJob = async (ctx: StepContext, job: string): Promise<RestoreJobsListMember> => {
  const found = await findJob(ctx, job);
  if (found) return found;
  throw new RecoveryError('rejected', 'no-job', `AWS Backup lists no restore job ${job} in ${ctx.to.region}; retry to restore once more`);
};

/** Restore jobs of this recovery point by the instance each was asked to make; the job list itself does not tell before it is made. */
export const jobsByInstance = async (ctx: StepContext, recoveryPointArn: string): Promise<Map<string, RestoreJobsListMember>> => {
  const jobs = [...(await jobsNow(ctx)).values()].filter(({ RecoveryPointArn }) => RecoveryPointArn === recoveryPointArn);
  const instances = await Promise.all(jobs.map((job) => instanceOf(ctx, job)));
  return new Map(jobs.flatMap((job, at) => [[instances[at] ?? '', job] as const]));
};

const instanceOf = async (
  ctx: StepContext,
  { RestoreJobId = '', CreatedResourceArn }: RestoreJobsListMember,
): Promise<string | undefined> =>
  CreatedResourceArn?.split(':db:')[1] ?? (await ctx.look(restoreMetadata, ctx.to.region, RestoreJobId))?.['DBInstanceIdentifier'];

/** Whether an earlier attempt's restore may still be used. */
export const isAlive = async (ctx: StepContext, job: RestoreJobsListMember, instance: string): Promise<boolean> => {
  try {
    if (classify(jobStatuses, instance, job.Status) === 'on-the-way') return true;
    const restored = await findInstance(ctx, instance);
    if (!restored) return false;
    isUsable(restored);
    return true;
  } catch (error) {
    if (error instanceof RecoveryError && error.kind === 'unexpected-status') return false;
    throw error;
  }
};
