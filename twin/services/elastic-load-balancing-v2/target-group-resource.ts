import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { attributesOf, fullName, service, syncTags } from './template-calls.js';

const healthCheckInput = (properties: ResourceProperties) => {
  const read = readProperties('AWS::ElasticLoadBalancingV2::TargetGroup', properties, [
    ...['Name', 'Protocol', 'ProtocolVersion', 'Port', 'VpcId', 'TargetType', 'IpAddressType', 'Tags', 'TargetGroupAttributes', 'Targets'],
    ...['HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckEnabled', 'HealthCheckPath', 'HealthCheckIntervalSeconds'],
    ...['HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher'],
  ]);
  const matcher = properties.Matcher as Record<string, unknown> | undefined;
  const input = {
    HealthCheckProtocol: read.text('HealthCheckProtocol'),
    HealthCheckPort: read.text('HealthCheckPort'),
    HealthCheckEnabled: read.flag('HealthCheckEnabled'),
    HealthCheckPath: read.text('HealthCheckPath'),
    HealthCheckIntervalSeconds: read.number('HealthCheckIntervalSeconds'),
    HealthCheckTimeoutSeconds: read.number('HealthCheckTimeoutSeconds'),
    HealthyThresholdCount: read.number('HealthyThresholdCount'),
    UnhealthyThresholdCount: read.number('UnhealthyThresholdCount'),
    Matcher: matcher && { HttpCode: String(matcher.HttpCode) },
  };
  return { read, input };
};

const targetsOf = (properties: ResourceProperties): Elb.TargetDescription[] =>
  ((properties.Targets ?? []) as Elb.TargetDescription[]).map((target) => ({
    ...target,
    ...(target.Port === undefined ? {} : { Port: Number(target.Port) }),
  }));

const provisionedGroup = async (arn: string, ctx: Context): Promise<ProvisionedResource> => {
  const { TargetGroups } = await ctx.call<Elb.DescribeTargetGroupsOutput>(service, 'DescribeTargetGroups', { TargetGroupArns: [arn] });
  const { TargetGroupName, LoadBalancerArns } = TargetGroups![0]!;
  return {
    physicalId: arn,
    attributes: { TargetGroupArn: arn, TargetGroupFullName: fullName(arn, 'targetgroup'), TargetGroupName, LoadBalancerArns },
  };
};

const settleGroup = async (arn: string, properties: ResourceProperties, previous: ResourceProperties, ctx: Context): Promise<void> => {
  const Attributes = attributesOf(properties, 'TargetGroupAttributes');
  if (Attributes.length > 0) await ctx.call(service, 'ModifyTargetGroupAttributes', { TargetGroupArn: arn, Attributes });
  const targets = targetsOf(properties);
  const key = (target: Elb.TargetDescription): string => `${target.Id}:${target.Port}`;
  const gone = targetsOf(previous).filter((old) => !targets.some((target) => key(target) === key(old)));
  if (gone.length > 0) await ctx.call(service, 'DeregisterTargets', { TargetGroupArn: arn, Targets: gone });
  if (targets.length > 0) await ctx.call(service, 'RegisterTargets', { TargetGroupArn: arn, Targets: targets });
};

export const targetGroup: ResourceType = {
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  replacedOn: ['Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId', 'IpAddressType'],
  create: async (properties, ctx, names) => {
    const { read, input } = healthCheckInput(properties);
    const { TargetGroups } = await ctx.call<Elb.CreateTargetGroupOutput>(service, 'CreateTargetGroup', {
      Name: read.text('Name') ?? names.generated(32),
      Protocol: read.text('Protocol'),
      ProtocolVersion: read.text('ProtocolVersion'),
      Port: read.number('Port'),
      VpcId: read.text('VpcId'),
      TargetType: read.text('TargetType'),
      IpAddressType: read.text('IpAddressType'),
      Tags: read.tags(),
      ...input,
    });
    const arn = TargetGroups![0]!.TargetGroupArn!;
    await settleGroup(arn, properties, {}, ctx);
    return provisionedGroup(arn, ctx);
  },
  update: async (arn, properties, previous, ctx) => {
    await ctx.call(service, 'ModifyTargetGroup', { TargetGroupArn: arn, ...healthCheckInput(properties).input });
    await settleGroup(arn, properties, previous, ctx);
    await syncTags(arn, properties, previous, ctx);
    return provisionedGroup(arn, ctx);
  },
  delete: async (arn, _properties, ctx) => {
    await ctx.call(service, 'DeleteTargetGroup', { TargetGroupArn: arn });
  },
};
