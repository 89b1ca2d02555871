import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UpdateServiceCommand, type Deployment, type Service } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { ecsServices } from '../kit/looks/ecs-services.js';
import { mayNotShowYet } from '../kit/not-visible-yet.js';
import { classify, type Statuses } from '../kit/statuses.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Handle {
  readonly deployment: string;
}
interface Output extends Handle {
  readonly runningCount: number;
}

const rolloutStatuses: Statuses = { of: 'deployment', onTheWay: ['IN_PROGRESS'], goal: ['COMPLETED'] };

/** Starts the web application at full count with fresh tasks, and waits until the load balancer may send to all of them. */
export const ecsScaleService = defineStep<object, Handle, Output>({
  uses: 'ecs.scale-service',
  summary: 'start the web application at the count of an active site',
  input: z.strictObject({}),
  produces: { deployment: 'id of the deployment', runningCount: 'tasks that run' },
  effect: 'reversible',
  iam: ['ecs:UpdateService', 'ecs:DescribeServices', 'elasticloadbalancing:DescribeTargetHealth', 'cloudformation:DescribeStacks'],
  writes: () => ['ecs:service'],
  expectedSeconds: 120,
  limitSeconds: 1800,
  paceSeconds: 5,
  // The data: only tasks started after the application was pointed read the database that this run restored.
  skippable: false,
  // Not to what was noted before: a start whose answer was lost noted nothing. What the site is to run is the service stack's to say.
  undo: async (_handle, _input, ctx) => {
    const { cluster, service } = ctx.targets.site;
    const declared = await declaredCount(ctx);
    const { desiredCount, runningCount = 0 } = await theService(ctx);
    if (desiredCount !== declared)
      await ctx.aws.ecs(ctx.to.region).send(new UpdateServiceCommand({ cluster, service, desiredCount: declared }));
    return desiredCount === declared && runningCount === declared
      ? done({ left: [] })
      : pending(`${runningCount} tasks of ${service} run, ${declared} are to`);
  },
  start: async (_input, ctx) => {
    const { cluster, service, activeCount } = ctx.targets.site;
    const ours = primaryOf(await theService(ctx));
    if (ours?.id && ours.desiredCount === activeCount && isFromThisAttempt(ctx, ours)) return { deployment: ours.id };
    const answer = await ctx.aws
      .ecs(ctx.to.region)
      .send(new UpdateServiceCommand({ cluster, service, desiredCount: activeCount, forceNewDeployment: true }));
    const begun = answer.service ? primaryOf(answer.service)?.id : undefined;
    if (!begun) throw new RecoveryError('transient', 'no-deployment', `UpdateService of ${service} answered without a deployment`);
    return { deployment: begun };
  },
  poll: async ({ deployment }, _input, ctx) => {
    const { activeCount } = ctx.targets.site;
    const service = await theService(ctx);
    const ours = service.deployments?.find(({ id }) => id === deployment);
    const detail = `${ours?.rolloutStateReason ?? ''} ${lastEvents(service)}`.trim();
    if (!ours && mayNotShowYet(ctx)) return pending(`deployment ${deployment} cannot be seen yet`);
    if (!ours || ours.status !== 'PRIMARY')
      throw new RecoveryError('unexpected-status', 'superseded', `deployment ${deployment} is no longer the service's own: ${detail}`);
    const reached = classify(rolloutStatuses, deployment, ours.rolloutState, detail);
    const { runningCount = 0, failedTasks = 0 } = ours;
    const tasks = `${runningCount} of ${activeCount} tasks run${failedTasks ? `, ${failedTasks} failed: ${lastEvents(service)}` : ''}`;
    if (reached === 'on-the-way' || runningCount !== activeCount) return pending(tasks);
    const healthy = await healthyTargets(ctx);
    return healthy < activeCount ? pending(`${tasks}, ${healthy} healthy`) : done({ deployment, runningCount });
  },
  verify: async (_output, _input, ctx) => {
    const { activeCount, service: name } = ctx.targets.site;
    const service = await theService(ctx);
    const healthy = await healthyTargets(ctx);
    return [
      evidence(ctx, 'ecs.scale-service', `${name} runs at the count of an active site`, {
        holds: service.runningCount === activeCount && service.desiredCount === activeCount,
        expected: `${activeCount} of ${activeCount}`,
        observed: `${service.runningCount} of ${service.desiredCount}`,
        source: `ecs:DescribeServices ${name}`,
      }),
      evidence(ctx, 'ecs.scale-service', 'the load balancer may send to every task', {
        holds: healthy >= activeCount,
        expected: `${activeCount} healthy`,
        observed: `${healthy} healthy`,
        source: `elasticloadbalancing:DescribeTargetHealth ${ctx.targets.site.targetGroupArn}`,
      }),
    ];
  },
});

/** What the service stack lets the site run: a standby site runs no task (lib/contract/settings.ts, activeCount). */
const declaredCount = async (ctx: StepContext): Promise<number> => {
  const { serviceStack, capacityParameter, activeCount } = ctx.targets.site;
  const { Stacks } = await ctx.aws.cloudformation(ctx.to.region).send(new DescribeStacksCommand({ StackName: serviceStack }));
  const capacity = Stacks?.[0]?.Parameters?.find(({ ParameterKey }) => ParameterKey === capacityParameter)?.ParameterValue;
  if (capacity === 'active') return activeCount;
  if (capacity === 'standby') return 0;
  throw new RecoveryError(
    'rejected',
    'capacity-unknown',
    `${capacityParameter} of stack ${serviceStack} is ${capacity ?? 'not there'}; it says how many tasks the site is to run, and can be standby or active`,
  );
};

const theService = async (ctx: StepContext): Promise<Service> => {
  const { cluster, service } = ctx.targets.site;
  const { service: found, failure } = (await ctx.look(ecsServices(cluster), ctx.to.region, service)) ?? {};
  if (found?.status === 'ACTIVE') return found;
  const why = found ? `is ${found.status}` : (failure?.reason ?? 'is not there');
  throw new RecoveryError(
    'rejected',
    'no-service',
    `service ${service} of cluster ${cluster} in ${ctx.to.region}: ${why}; deploy the site's service stack`,
  );
};

const primaryOf = ({ deployments }: Service): Deployment | undefined => deployments?.find(({ status }) => status === 'PRIMARY');

const isFromThisAttempt = (ctx: StepContext, { createdAt }: Deployment): boolean =>
  createdAt !== undefined && createdAt.toISOString() >= ctx.startedAt;

const lastEvents = ({ events }: Service): string =>
  (events ?? [])
    .slice(0, 3)
    .map(({ message }) => message)
    .join('; ');

const healthyTargets = async (ctx: StepContext): Promise<number> => {
  const { TargetHealthDescriptions } = await ctx.aws
    .elb(ctx.to.region)
    .send(new DescribeTargetHealthCommand({ TargetGroupArn: ctx.targets.site.targetGroupArn }));
  return (TargetHealthDescriptions ?? []).filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
};
