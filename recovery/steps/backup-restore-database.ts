/**
 * Restores a recovery point into a new DB instance of its own generation, through AWS Backup.
 *
 * 1. The name is derived from the run, and from the lost database where it is not the site's own, so a restore that was asked for but not noted is found again by its name.
 * 2. A retry adopts a generation that is on its way or there; one that failed stays as it is, for disposal, and the next is made.
 * 3. Nothing that exists is changed or deleted.
 */
import { StartRestoreJobCommand } from '@aws-sdk/client-backup';
import { z } from 'zod';
import { awsToken } from '../kit/aws-token.js';
import { findInstance, isUsable, theInstance } from '../kit/database-instance.js';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending } from '../kit/define-step.js';
import { mayNotShowYet } from '../kit/not-visible-yet.js';
import { findJob, isAlive, jobStatuses, jobsByInstance, theJob } from '../kit/restore-jobs.js';
import { generation, isAnother } from '../kit/generation.js';
import { restoreOrder } from '../kit/restore-order.js';
import { classify } from '../kit/statuses.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  readonly recoveryPointArn: string;
  /** Name of the lost database; absent: the site's own. */
  readonly database?: string | undefined;
}
interface Handle {
  readonly job: string;
  readonly instance: string;
  /** Earlier generations of this run that failed; kept for whoever disposes of them. */
  readonly abandoned: readonly string[];
}
interface Output {
  readonly recoveryPointArn: string;
  readonly job: string;
  readonly instance: string;
  readonly endpoint: string;
  readonly port: number;
  readonly resourceArn: string;
}

export const backupRestoreDatabase = defineStep<Input, Handle, Output>({
  uses: 'backup.restore-database',
  summary: 'restore the chosen recovery point into a new database instance',
  input: z.strictObject({ recoveryPointArn: z.string(), database: z.string().optional() }),
  produces: {
    recoveryPointArn: 'what was restored',
    job: 'id of the restore job',
    instance: 'name of the new database',
    endpoint: 'host name of the new database',
    port: 'its port',
    resourceArn: 'its ARN',
  },
  effect: 'reversible',
  iam: [
    'backup:StartRestoreJob',
    'backup:ListRestoreJobs',
    'backup:GetRestoreJobMetadata',
    'backup:GetRecoveryPointRestoreMetadata',
    'rds:DescribeDBInstances',
    'iam:PassRole',
  ],
  // How large another database is, its recovery point says too late to plan with.
  consumes: ({ database }, { facts }) => ({
    'rds:DBInstances': 1,
    ...(isAnother(facts, database) ? {} : { 'rds:AllocatedStorage': facts.database.allocatedStorageGiB }),
  }),
  expectedSeconds: 780,
  limitSeconds: 7200,
  paceSeconds: 10,
  // The data.
  skippable: false,
  // The copies stay where they are: deleting a database is for disposal, with two people (product.md, standing rules 2 and 4).
  undo: async (handle, { recoveryPointArn, database }, ctx) => {
    const jobs = await jobsByInstance(ctx, recoveryPointArn);
    const ours = [...(handle?.abandoned ?? []), handle?.instance ?? generation(ctx, database, ctx.attempt)].filter((instance) =>
      jobs.has(instance),
    );
    return done({ left: ours.map((instance) => `database ${instance} in ${ctx.to.region}`) });
  },
  start: async ({ recoveryPointArn, database }, ctx) => {
    const jobs = await jobsByInstance(ctx, recoveryPointArn);
    const abandoned: string[] = [];
    for (let attempt = 1; attempt <= ctx.attempt; attempt++) {
      const instance = generation(ctx, database, attempt);
      const job = jobs.get(instance);
      if (!job?.RestoreJobId) continue;
      if (attempt === ctx.attempt || (await isAlive(ctx, job, instance))) return { job: job.RestoreJobId, instance, abandoned };
      abandoned.push(instance);
    }
    const instance = generation(ctx, database, ctx.attempt);
    const another = isAnother(ctx.targets.facts, database) ? database : null;
    const Metadata = await restoreOrder(ctx, { recoveryPointArn, instance, database: another });
    const { RestoreJobId } = await ctx.aws.backup(ctx.to.region).send(
      new StartRestoreJobCommand({
        RecoveryPointArn: recoveryPointArn,
        IamRoleArn: ctx.targets.site.restoreRoleArn,
        ResourceType: 'RDS',
        IdempotencyToken: awsToken(ctx.token),
        Metadata,
      }),
    );
    if (!RestoreJobId) throw new RecoveryError('transient', 'no-job', 'StartRestoreJob answered without a job id');
    return { job: RestoreJobId, instance, abandoned };
  },
  poll: async ({ job, instance }, { recoveryPointArn }, ctx) => {
    const asked = mayNotShowYet(ctx) ? await findJob(ctx, job) : await theJob(ctx, job);
    if (!asked) return pending(`restore job ${job} cannot be seen yet`);
    const { Status, StatusMessage, PercentDone } = asked;
    classify(jobStatuses, `${job} (${instance})`, Status, StatusMessage);
    // Whoever waits for the job to be COMPLETED also waits for the first backup of the new instance, which may take hours.
    const restored = await findInstance(ctx, instance);
    if (!restored || !isUsable(restored))
      return pending(
        `restore job ${Status?.toLowerCase()} ${PercentDone ?? ''}, ${instance} ${restored?.DBInstanceStatus ?? 'not there yet'}`,
      );
    return done({
      job,
      instance,
      recoveryPointArn,
      endpoint: restored.Endpoint?.Address ?? '',
      port: restored.Endpoint?.Port ?? 0,
      resourceArn: restored.DBInstanceArn ?? '',
    });
  },
  verify: async ({ job, instance, endpoint }, { recoveryPointArn }, ctx) => {
    const asked = await theJob(ctx, job);
    const restored = await theInstance(ctx, instance);
    return [
      evidence(ctx, 'backup.restore-database', `${instance} was restored from the chosen recovery point`, {
        holds: asked.RecoveryPointArn === recoveryPointArn && asked.CreatedResourceArn === restored.DBInstanceArn,
        expected: `${restored.DBInstanceArn} from ${recoveryPointArn}`,
        observed: `${asked.CreatedResourceArn} from ${asked.RecoveryPointArn}, job ${asked.Status}`,
        source: `backup:ListRestoreJobs ${job}`,
      }),
      evidence(ctx, 'backup.restore-database', `${instance} takes connections`, {
        holds: isUsable(restored) && restored.Endpoint?.Address === endpoint,
        expected: `usable at ${endpoint}`,
        observed: `${restored.DBInstanceStatus} at ${restored.Endpoint?.Address ?? 'no endpoint'}`,
        source: `rds:DescribeDBInstances ${instance}`,
      }),
    ];
  },
});
