/**
 * Restores a recovery point into a new DB instance of its own generation, through AWS Backup.
 *
 * 1. The name is derived from the run, so a restore that was asked for but not noted is found again by its name.
 * 2. A retry adopts a generation that is on its way or there; one that failed stays as it is, for disposal, and the next is made.
 * 3. Nothing that exists is changed or deleted.
 */
import {
  DescribeRestoreJobCommand,
  GetRestoreJobMetadataCommand,
  ListRestoreJobsCommand,
  StartRestoreJobCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { z } from 'zod';
import { awsToken } from '../kit/aws-token.js';
import { findInstance, isUsable, theInstance } from '../kit/database-instance.js';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';
import { orNotYet } from '../kit/not-visible-yet.js';
import { classify, type Statuses } from '../kit/statuses.js';
import { sha256 } from '../model/canonical.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  readonly recoveryPointArn: string;
}
interface Handle {
  readonly job: string;
  readonly instance: string;
  /** Earlier generations of this run that failed; kept for whoever disposes of them. */
  readonly abandoned: readonly string[];
}
interface Output extends Input {
  readonly job: string;
  readonly instance: string;
  readonly endpoint: string;
  readonly port: number;
  readonly resourceArn: string;
}

const jobStatuses: Statuses = { of: 'restore job', onTheWay: ['PENDING', 'RUNNING'], goal: ['COMPLETED'] };

export const backupRestoreDatabase = defineStep<Input, Handle, Output>({
  uses: 'backup.restore-database',
  summary: 'restore the chosen recovery point into a new database instance',
  input: z.strictObject({ recoveryPointArn: z.string() }),
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
    'backup:DescribeRestoreJob',
    'rds:DescribeDBInstances',
    'iam:PassRole',
  ],
  expectedSeconds: 780,
  limitSeconds: 7200,
  paceSeconds: 10,
  // The data.
  skippable: false,
  // The copies stay where they are: deleting a database is for disposal, with two people (product.md, standing rules 2 and 4).
  undo: async (handle, { recoveryPointArn }, ctx) => {
    const jobs = await jobsByInstance(ctx, recoveryPointArn);
    const ours = [...(handle?.abandoned ?? []), handle?.instance ?? generation(ctx, ctx.attempt)].filter((instance) => jobs.has(instance));
    return done({ left: ours.map((instance) => `database ${instance} in ${ctx.to.region}`) });
  },
  start: async ({ recoveryPointArn }, ctx) => {
    const jobs = await jobsByInstance(ctx, recoveryPointArn);
    const abandoned: string[] = [];
    for (let attempt = 1; attempt <= ctx.attempt; attempt++) {
      const instance = generation(ctx, attempt);
      const job = jobs.get(instance);
      if (!job?.RestoreJobId) continue;
      if (attempt === ctx.attempt || (await isAlive(ctx, job, instance))) return { job: job.RestoreJobId, instance, abandoned };
      abandoned.push(instance);
    }
    const instance = generation(ctx, ctx.attempt);
    const { RestoreJobId } = await ctx.aws.backup(ctx.to.region).send(
      new StartRestoreJobCommand({
        RecoveryPointArn: recoveryPointArn,
        IamRoleArn: ctx.targets.site.restoreRoleArn,
        ResourceType: 'RDS',
        IdempotencyToken: awsToken(ctx.token),
        Metadata: restoreMetadata(ctx, instance),
      }),
    );
    if (!RestoreJobId) throw new RecoveryError('transient', 'no-job', 'StartRestoreJob answered without a job id');
    return { job: RestoreJobId, instance, abandoned };
  },
  poll: async ({ job, instance }, { recoveryPointArn }, ctx) => {
    const asked = await orNotYet(ctx, () => describeJob(ctx, job));
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
    const asked = await describeJob(ctx, job);
    const restored = await theInstance(ctx, instance);
    return [
      evidence(ctx, 'backup.restore-database', `${instance} was restored from the chosen recovery point`, {
        holds: asked.RecoveryPointArn === recoveryPointArn && asked.CreatedResourceArn === restored.DBInstanceArn,
        expected: `${restored.DBInstanceArn} from ${recoveryPointArn}`,
        observed: `${asked.CreatedResourceArn} from ${asked.RecoveryPointArn}, job ${asked.Status}`,
        source: `backup:DescribeRestoreJob ${job}`,
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

/** `<organisation>-<site>-db-<run's hash>[-attempt]`, as `siteNames().database`: the cluster carries the site's prefix. */
const generation = (ctx: StepContext, attempt: number): string =>
  `${ctx.targets.site.cluster}-db-${sha256(ctx.run).slice(0, 8)}${attempt > 1 ? `-${attempt}` : ''}`;

/**
 * Everything RestoreDBInstanceFromDBSnapshot would otherwise default (single-AZ, default groups, no protection); AWS Backup takes its
 * parameters as metadata (Backup developer guide, "Restoring an RDS database"). The key is the recovery point's: this site's.
 * Storage and backup retention are the snapshot's; AWS Backup documents no way to say otherwise for retention.
 */
const restoreMetadata = ({ targets: { facts, site } }: StepContext, instance: string): Record<string, string> => ({
  DBInstanceIdentifier: instance,
  DBInstanceClass: facts.database.instanceClass,
  Engine: facts.database.engine,
  StorageType: facts.database.storageType,
  Port: String(facts.database.port),
  MultiAZ: String(facts.database.multiAz),
  DBSubnetGroupName: site.subnetGroup,
  VpcSecurityGroupIds: JSON.stringify([site.databaseSecurityGroup]),
  DBParameterGroupName: site.databaseParameterGroup,
  PubliclyAccessible: 'false',
  AutoMinorVersionUpgrade: 'false',
  CopyTagsToSnapshot: 'true',
  DeletionProtection: String(facts.database.deletionProtection),
});

const describeJob = (ctx: StepContext, job: string) =>
  ctx.aws.backup(ctx.to.region).send(new DescribeRestoreJobCommand({ RestoreJobId: job }));

/** Restore jobs of this recovery point by the instance each was asked to make; the job list itself does not tell before it is made. */
const jobsByInstance = async (ctx: StepContext, recoveryPointArn: string): Promise<Map<string, RestoreJobsListMember>> => {
  const backup = ctx.aws.backup(ctx.to.region);
  const jobs = await everyPage(async (NextToken) => {
    const page = await backup.send(new ListRestoreJobsCommand({ NextToken }));
    return { items: page.RestoreJobs, next: page.NextToken };
  });
  const found = new Map<string, RestoreJobsListMember>();
  for (const job of jobs.filter(({ RecoveryPointArn }) => RecoveryPointArn === recoveryPointArn)) {
    const { Metadata } = await backup.send(new GetRestoreJobMetadataCommand({ RestoreJobId: job.RestoreJobId }));
    const instance = Metadata?.['DBInstanceIdentifier'];
    if (instance) found.set(instance, job);
  }
  return found;
};

/** Whether an earlier attempt's restore may still be used. */
const isAlive = async (ctx: StepContext, job: RestoreJobsListMember, instance: string): Promise<boolean> => {
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
