import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { keepWithinBounds, serviceOf } from './capacity.js';
import { deletePolicy } from './policies.js';
import { checkNamespace, dimension, namespace, scalingRecords, targetName, targetNamed, validation, type TargetRecord } from './records.js';

/** The role that AWS uses for ECS whatever `RoleARN` says (user guide, "Service-linked roles"). */
const roleArn = (ctx: Context): string =>
  `arn:aws:iam::${ctx.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;

const describe = (target: TargetRecord, ctx: Context): Scaling.ScalableTarget => ({
  ServiceNamespace: namespace,
  ResourceId: target.resourceId,
  ScalableDimension: dimension,
  MinCapacity: target.minimum,
  MaxCapacity: target.maximum,
  RoleARN: roleArn(ctx),
  CreationTime: target.createdAt,
  SuspendedState: {
    ...{ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
    ...target.suspended,
  },
  ScalableTargetARN: target.arn,
});

const register = async (input: Scaling.RegisterScalableTargetCommandInput, ctx: Context): Promise<TargetRecord> => {
  accept('application-auto-scaling.RegisterScalableTarget', input, [
    ...(['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MinCapacity', 'MaxCapacity', 'RoleARN', 'SuspendedState'] as const),
  ]);
  const name = targetName(input);
  const { targets } = ctx.state(scalingRecords);
  const held = targets.get(name.resourceId);
  const minimum = input.MinCapacity ?? held?.minimum;
  const maximum = input.MaxCapacity ?? held?.maximum;
  if (minimum === undefined) throw validation('MinCapacity must be specified when registering a new scalable target');
  if (maximum === undefined) throw validation('MaxCapacity must be specified when registering a new scalable target');
  if (minimum < 0 || maximum < 0) throw validation(`Capacity cannot be negative: minimum ${minimum}, maximum ${maximum}`);
  if (maximum < minimum) throw validation('Maximum capacity cannot be less than minimum capacity');
  if (!(await serviceOf(name, ctx))) throw validation(`ECS service doesn't exist: ${name.resourceId}`);
  const target: TargetRecord = held ?? {
    ...name,
    arn: `arn:aws:application-autoscaling:${ctx.region}:${ctx.account}:scalable-target/${freshId(ctx, 'scalable-target', 32)}`,
    ...{ createdAt: ctx.date(), minimum, maximum, suspended: {} },
  };
  Object.assign(target, { minimum, maximum, suspended: { ...target.suspended, ...input.SuspendedState } });
  targets.set(name.resourceId, target);
  ctx.after(ctx.takes('application-auto-scaling.adjust'), `${name.resourceId} is brought within its bounds`, (then) =>
    keepWithinBounds(target, then),
  );
  return target;
};

const badToken = (): Error => validation('The provided NextToken is invalid.');

export const targetOperations = {
  RegisterScalableTarget: async (input, ctx) => ({ ScalableTargetARN: (await register(input, ctx)).arn }),
  DescribeScalableTargets: (input, ctx) => {
    checkNamespace(input);
    const found = [...ctx.state(scalingRecords).targets.values()].filter(
      ({ resourceId }) => !input.ResourceIds?.length || input.ResourceIds.includes(resourceId),
    );
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxResults ?? 50 }, badToken);
    return { ScalableTargets: items.map((target) => describe(target, ctx)), NextToken: next };
  },
  /** Takes its policies, and their alarms, with it. */
  DeregisterScalableTarget: async (input, ctx) => {
    const target = targetNamed(ctx, targetName(input));
    const { targets, policies } = ctx.state(scalingRecords);
    for (const policy of [...policies.values()]) if (policy.target === target) await deletePolicy(policy, ctx);
    targets.delete(target.resourceId);
    return {};
  },
  DescribeScalingActivities: (input, ctx) => {
    accept('application-auto-scaling.DescribeScalingActivities', input, [
      ...(['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MaxResults', 'NextToken', 'IncludeNotScaledActivities'] as const),
    ]);
    checkNamespace(input);
    const found = ctx
      .state(scalingRecords)
      .activities.filter(({ ResourceId }) => input.ResourceId === undefined || ResourceId === input.ResourceId)
      .reverse();
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxResults ?? 50 }, badToken);
    return { ScalingActivities: items.map((activity) => ({ ...activity })), NextToken: next };
  },
} satisfies Operations<typeof Scaling>;
