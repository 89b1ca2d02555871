import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import {
  checkNamespace,
  dimension,
  namespace,
  policyNamed,
  scalingRecords,
  targetName,
  targetNamed,
  validation,
  type PolicyRecord,
} from './records.js';
import { deleteAlarms, putAlarms, trackedMetric } from './tracking-alarms.js';

const describe = async (policy: PolicyRecord, ctx: Context): Promise<Scaling.ScalingPolicy> => ({
  PolicyARN: policy.arn,
  PolicyName: policy.name,
  ServiceNamespace: namespace,
  ResourceId: policy.target.resourceId,
  ScalableDimension: dimension,
  PolicyType: policy.type,
  StepScalingPolicyConfiguration: policy.step,
  TargetTrackingScalingPolicyConfiguration: policy.tracking,
  Alarms: await alarmsOf(policy, ctx),
  CreationTime: policy.createdAt,
});

/** Those it made, or for a step policy those that people made for it. */
const alarmsOf = async (policy: PolicyRecord, ctx: Context): Promise<Scaling.Alarm[]> => {
  if (policy.type === 'TargetTrackingScaling') return policy.alarms;
  const { MetricAlarms = [] } = await ctx
    .onBehalf('application-auto-scaling')
    .call<{ MetricAlarms?: { AlarmName: string; AlarmArn: string }[] }>('cloudwatch', 'DescribeAlarms', { ActionPrefix: policy.arn });
  return MetricAlarms.map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn }));
};

const checkSteps = (step: Scaling.StepScalingPolicyConfiguration | undefined): void => {
  if (!step) throw validation('StepScalingPolicyConfiguration must be specified when PolicyType is StepScaling');
  const { AdjustmentType, StepAdjustments = [], MinAdjustmentMagnitude } = step;
  if (!AdjustmentType) throw validation('You must specify an AdjustmentType for policy type: StepScaling');
  if (StepAdjustments.length === 0) throw validation('At least one StepAdjustment must be specified');
  if (MinAdjustmentMagnitude !== undefined && AdjustmentType !== 'PercentChangeInCapacity') {
    throw validation('MinAdjustmentMagnitude can only be specified with the adjustment type PercentChangeInCapacity');
  }
  const bounds = StepAdjustments.map(({ MetricIntervalLowerBound: low, MetricIntervalUpperBound: high }) => ({
    low: low ?? -Infinity,
    high: high ?? Infinity,
  })).sort((one, other) => one.low - other.low);
  if (bounds.some(({ low, high }) => low >= high)) throw validation('MetricIntervalLowerBound must be less than MetricIntervalUpperBound');
  if (bounds.some(({ high }, at) => at + 1 < bounds.length && bounds[at + 1]!.low < high))
    throw validation('StepAdjustment intervals can not overlap');
  if (bounds.some(({ high }, at) => at + 1 < bounds.length && bounds[at + 1]!.low > high)) {
    throw validation('There can not be a gap between StepAdjustment intervals');
  }
};

const put = async (input: Scaling.PutScalingPolicyCommandInput, ctx: Context): Promise<PolicyRecord> => {
  accept('application-auto-scaling.PutScalingPolicy', input, [
    ...(['PolicyName', 'ServiceNamespace', 'ResourceId', 'ScalableDimension', 'PolicyType'] as const),
    ...(['StepScalingPolicyConfiguration', 'TargetTrackingScalingPolicyConfiguration'] as const),
  ]);
  const target = targetNamed(ctx, targetName(input));
  const { policies } = ctx.state(scalingRecords);
  const name = input.PolicyName ?? '';
  const held = [...policies.values()].find((policy) => policy.target === target && policy.name === name);
  const type = input.PolicyType ?? held?.type ?? 'StepScaling';
  if (type === 'PredictiveScaling')
    throw new AwsError('NotModelled', 'NotModelled: application-auto-scaling PredictiveScaling', { status: 501 });
  if (held && held.type !== type) throw validation(`The policy type of ${name} cannot be changed from ${held.type} to ${type}`);
  const [step, tracking] = [input.StepScalingPolicyConfiguration, input.TargetTrackingScalingPolicyConfiguration];
  if (type === 'StepScaling') checkSteps(step);
  else if (!tracking)
    throw validation('TargetTrackingScalingPolicyConfiguration must be specified when PolicyType is TargetTrackingScaling');
  const metric = type === 'TargetTrackingScaling' ? trackedMetric(tracking!, target) : undefined;
  const id = freshUuid(ctx, 'scaling-policy');
  const policy: PolicyRecord = held ?? {
    arn: `arn:aws:autoscaling:${ctx.region}:${ctx.account}:scalingPolicy:${id}:resource/ecs/${target.resourceId}:policyName/${name}`,
    ...{ name, target, createdAt: ctx.date(), type, step, tracking, alarms: [], last: undefined },
  };
  if (held) await deleteAlarms(held, ctx);
  Object.assign(policy, { step, tracking });
  if (metric) policy.alarms = await putAlarms(policy, metric, ctx);
  policies.set(policy.arn, policy);
  return policy;
};

/** With the alarms that target tracking made for it. */
export const deletePolicy = async (policy: PolicyRecord, ctx: Context): Promise<void> => {
  await deleteAlarms(policy, ctx);
  ctx.state(scalingRecords).policies.delete(policy.arn);
};

export const policyOperations = {
  PutScalingPolicy: async (input, ctx) => {
    const policy = await put(input, ctx);
    return { PolicyARN: policy.arn, Alarms: policy.alarms };
  },
  DescribeScalingPolicies: async (input, ctx) => {
    checkNamespace(input);
    const found = [...ctx.state(scalingRecords).policies.values()].filter(
      ({ name, target }) =>
        (!input.PolicyNames?.length || input.PolicyNames.includes(name)) && (input.ResourceId ?? target.resourceId) === target.resourceId,
    );
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxResults ?? 10 }, () =>
      validation('The provided NextToken is invalid.'),
    );
    return { ScalingPolicies: await Promise.all(items.map((policy) => describe(policy, ctx))), NextToken: next };
  },
  DeleteScalingPolicy: async (input, ctx) => {
    await deletePolicy(policyNamed(ctx, targetName(input), input.PolicyName), ctx);
    return {};
  },
} satisfies Operations<typeof Scaling>;
