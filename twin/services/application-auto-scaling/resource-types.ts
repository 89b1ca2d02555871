import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';

const call = <Output = object>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx.call<Output>('application-auto-scaling', operation, input);

const goneAlready = (error: unknown): void => {
  if (!(error instanceof AwsError) || error.code !== 'ObjectNotFoundException') throw error;
};

/** Members that templates may write as text. */
const numbers = new Set([
  ...['TargetValue', 'ScaleInCooldown', 'ScaleOutCooldown', 'Cooldown', 'MinAdjustmentMagnitude'],
  ...['MetricIntervalLowerBound', 'MetricIntervalUpperBound', 'ScalingAdjustment'],
]);
const flags = new Set(['DisableScaleIn', 'DynamicScalingInSuspended', 'DynamicScalingOutSuspended', 'ScheduledScalingSuspended']);
const typed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      numbers.has(name) ? Number(member) : flags.has(name) ? String(member) === 'true' : typed(member),
    ]),
  );
};

/** A target's physical id: `ResourceId|ScalableDimension|ServiceNamespace`. */
const targetId = ({ ResourceId, ScalableDimension, ServiceNamespace }: ResourceProperties): string =>
  [ResourceId, ScalableDimension, ServiceNamespace].map(String).join('|');
const fromId = (
  id: string,
): { ResourceId: string | undefined; ScalableDimension: string | undefined; ServiceNamespace: string | undefined } => {
  const [ResourceId, ScalableDimension, ServiceNamespace] = id.split('|');
  return { ResourceId, ScalableDimension, ServiceNamespace };
};

const targetInput = (properties: ResourceProperties) => {
  const read = readProperties('AWS::ApplicationAutoScaling::ScalableTarget', properties, [
    ...['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MinCapacity', 'MaxCapacity', 'RoleARN', 'SuspendedState'],
  ]);
  return {
    ...fromId(targetId(properties)),
    ...{ MinCapacity: read.number('MinCapacity'), MaxCapacity: read.number('MaxCapacity'), RoleARN: read.text('RoleARN') },
    SuspendedState: typed(read.raw('SuspendedState')),
  };
};

const policyInput = (properties: ResourceProperties) => {
  const read = readProperties('AWS::ApplicationAutoScaling::ScalingPolicy', properties, [
    ...['PolicyName', 'PolicyType', 'ServiceNamespace', 'ResourceId', 'ScalableDimension', 'ScalingTargetId'],
    ...['StepScalingPolicyConfiguration', 'TargetTrackingScalingPolicyConfiguration'],
  ]);
  const id = read.text('ScalingTargetId');
  return {
    ...fromId(id ?? targetId(properties)),
    ...{ PolicyName: read.text('PolicyName'), PolicyType: read.text('PolicyType') },
    StepScalingPolicyConfiguration: typed(read.raw('StepScalingPolicyConfiguration')),
    TargetTrackingScalingPolicyConfiguration: typed(read.raw('TargetTrackingScalingPolicyConfiguration')),
  };
};

const putPolicy = async (properties: ResourceProperties, ctx: Context): Promise<{ physicalId: string; attributes: { Arn: string } }> => {
  const { PolicyARN = '' } = await call<Scaling.PutScalingPolicyResponse>(ctx, 'PutScalingPolicy', policyInput(properties));
  return { physicalId: PolicyARN, attributes: { Arn: PolicyARN } };
};

/** CloudFormation types that Application Auto Scaling backs. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    replacedOn: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    create: async (properties, ctx) => {
      await call(ctx, 'RegisterScalableTarget', targetInput(properties));
      return { physicalId: targetId(properties), attributes: { Id: targetId(properties) } };
    },
    update: async (physicalId, properties, _previous, ctx) => {
      await call(ctx, 'RegisterScalableTarget', targetInput(properties));
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: async (id, _properties, ctx) => {
      await call(ctx, 'DeregisterScalableTarget', fromId(id)).catch(goneAlready);
    },
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    replacedOn: ['PolicyName', 'ResourceId', 'ScalableDimension', 'ServiceNamespace', 'ScalingTargetId'],
    create: (properties, ctx) => putPolicy(properties, ctx),
    update: (_id, properties, _previous, ctx) => putPolicy(properties, ctx),
    delete: async (_id, properties, ctx) => {
      const { PolicyName, ResourceId, ScalableDimension, ServiceNamespace } = policyInput(properties);
      await call(ctx, 'DeleteScalingPolicy', { PolicyName, ResourceId, ScalableDimension, ServiceNamespace }).catch(goneAlready);
    },
  },
];
