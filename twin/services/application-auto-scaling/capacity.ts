/** The one thing that scales, an ECS service's desired count, and what is on record of every change. */
import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import type { DescribeServicesResponse, Service } from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { dimension, namespace, scalingRecords, type TargetName, type TargetRecord } from './records.js';

const pollSeconds = 10;
/** After this long an activity whose tasks do not come up is on record as unfulfilled; AWS's own patience is unpublished. */
const patienceSeconds = 3600;

const ecs = <Output>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx.onBehalf('application-auto-scaling').call<Output>('ecs', operation, input);

/** The service as ECS describes it; undefined where there is none that is active. */
export const serviceOf = async ({ cluster, service }: TargetName, ctx: Context): Promise<Service | undefined> => {
  try {
    const { services } = await ecs<DescribeServicesResponse>(ctx, 'DescribeServices', { cluster, services: [service] });
    return services?.find(({ status }) => status === 'ACTIVE');
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ClusterNotFoundException') return undefined;
    throw error;
  }
};

/** Asks ECS for `wanted` tasks and puts the activity on record, `cause` in AWS's words. */
export const setCapacity = async (target: TargetRecord, wanted: number, cause: string, ctx: Context): Promise<void> => {
  const activity: Scaling.ScalingActivity = {
    ActivityId: freshUuid(ctx, 'scaling-activity'),
    ServiceNamespace: namespace,
    ResourceId: target.resourceId,
    ScalableDimension: dimension,
    Description: `Setting desired count to ${wanted}.`,
    Cause: cause,
    StartTime: ctx.date(),
    EndTime: undefined,
    StatusCode: 'InProgress',
    StatusMessage: `Successfully set desired count to ${wanted}. Waiting for change to be fulfilled by ecs.`,
  };
  ctx.state(scalingRecords).activities.push(activity);
  try {
    await ecs(ctx, 'UpdateService', { cluster: target.cluster, service: target.service, desiredCount: wanted });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    Object.assign(activity, {
      StatusCode: 'Failed',
      EndTime: ctx.date(),
      StatusMessage: `Failed to set desired count to ${wanted}. Reason: ${error.message}`,
    });
    return;
  }
  const givesUpAt = ctx.now() + patienceSeconds * 1000;
  follow(activity, { target, wanted, givesUpAt }, ctx.operation('application-auto-scaling.activity'));
};

interface Followed {
  readonly target: TargetRecord;
  readonly wanted: number;
  readonly givesUpAt: number;
}

const follow = (activity: Scaling.ScalingActivity, followed: Followed, ctx: Context): void => {
  const { target, wanted, givesUpAt } = followed;
  const end = (then: Context, StatusCode: Scaling.ScalingActivityStatusCode, what: string): void =>
    void Object.assign(activity, {
      StatusCode,
      EndTime: then.date(),
      StatusMessage: `Successfully set desired count to ${wanted}. ${what}`,
    });
  ctx.after(pollSeconds, `scaling of ${target.resourceId} is looked after`, async (then) => {
    const service = await serviceOf(target, then);
    if (service?.desiredCount !== wanted) return end(then, 'Overridden', 'Change was overridden.');
    if (service.runningCount === wanted) return end(then, 'Successful', 'Change successfully fulfilled by ecs.');
    if (then.now() >= givesUpAt) return end(then, 'Unfulfilled', 'Change was not fulfilled by ecs.');
    follow(activity, followed, then);
  });
};

/** Brings the desired count back within the target's bounds, as a change of the bounds does. */
export const keepWithinBounds = async (target: TargetRecord, ctx: Context): Promise<void> => {
  if (ctx.state(scalingRecords).targets.get(target.resourceId) !== target) return;
  const desired = (await serviceOf(target, ctx))?.desiredCount;
  if (desired === undefined) return;
  if (desired < target.minimum) await setCapacity(target, target.minimum, `minimum capacity was set to ${target.minimum}`, ctx);
  if (desired > target.maximum) await setCapacity(target, target.maximum, `maximum capacity was set to ${target.maximum}`, ctx);
};
