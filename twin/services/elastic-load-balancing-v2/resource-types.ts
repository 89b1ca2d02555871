import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';

const service = 'elastic-load-balancing-v2';
const fullName = (arn: string, kind: string): string => arn.slice(arn.lastIndexOf(`:${kind}`) + 1).replace(/^loadbalancer\//, '');
const goneIs =
  (code: string) =>
  (error: unknown): void => {
    if (!(error instanceof AwsError) || error.code !== code) throw error;
  };

const syncTags = async (arn: string, properties: ResourceProperties, previous: ResourceProperties, ctx: Context): Promise<void> => {
  const tags = (properties.Tags ?? []) as Elb.Tag[];
  const gone = ((previous.Tags ?? []) as Elb.Tag[]).filter((old) => !tags.some(({ Key }) => Key === old.Key)).map(({ Key }) => Key);
  if (gone.length > 0) await ctx.call(service, 'RemoveTags', { ResourceArns: [arn], TagKeys: gone });
  if (tags.length > 0) await ctx.call(service, 'AddTags', { ResourceArns: [arn], Tags: tags });
};

const attributesOf = (properties: ResourceProperties, name: string): { Key: string; Value: string }[] =>
  ((properties[name] ?? []) as { Key: string; Value: unknown }[]).map(({ Key, Value }) => ({ Key, Value: String(Value as string) }));

const setLoadBalancerAttributes = async (arn: string, properties: ResourceProperties, ctx: Context): Promise<void> => {
  const Attributes = attributesOf(properties, 'LoadBalancerAttributes');
  if (Attributes.length > 0) await ctx.call(service, 'ModifyLoadBalancerAttributes', { LoadBalancerArn: arn, Attributes });
};

const describeLoadBalancer = async (arn: string, ctx: Context): Promise<Elb.LoadBalancer> => {
  const { LoadBalancers } = await ctx.call<Elb.DescribeLoadBalancersOutput>(service, 'DescribeLoadBalancers', { LoadBalancerArns: [arn] });
  return LoadBalancers![0]!;
};

const provisionedLoadBalancer = async (arn: string, ctx: Context): Promise<ProvisionedResource> => {
  const found = await describeLoadBalancer(arn, ctx);
  return {
    physicalId: arn,
    attributes: {
      DNSName: found.DNSName,
      CanonicalHostedZoneID: found.CanonicalHostedZoneId,
      LoadBalancerArn: arn,
      LoadBalancerFullName: fullName(arn, 'loadbalancer'),
      LoadBalancerName: found.LoadBalancerName,
      SecurityGroups: found.SecurityGroups,
    },
  };
};

const readLoadBalancer = (properties: ResourceProperties) =>
  readProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', properties, [
    'Name',
    'Scheme',
    'Subnets',
    'SecurityGroups',
    'Type',
    'IpAddressType',
    'LoadBalancerAttributes',
    'Tags',
  ]);

const loadBalancer: ResourceType = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  replacedOn: ['Name', 'Scheme', 'Type'],
  create: async (properties, ctx, names) => {
    const read = readLoadBalancer(properties);
    const { LoadBalancers } = await ctx.call<Elb.CreateLoadBalancerOutput>(service, 'CreateLoadBalancer', {
      Name: read.text('Name') ?? names.generated(32),
      Scheme: read.text('Scheme'),
      Subnets: read.texts('Subnets'),
      SecurityGroups: read.texts('SecurityGroups'),
      Type: read.text('Type'),
      IpAddressType: read.text('IpAddressType'),
      Tags: read.tags(),
    });
    const arn = LoadBalancers![0]!.LoadBalancerArn!;
    await setLoadBalancerAttributes(arn, properties, ctx);
    return provisionedLoadBalancer(arn, ctx);
  },
  stable: async (arn, _properties, ctx) => {
    const { State } = await describeLoadBalancer(arn, ctx);
    if (State?.Code === 'provisioning') return undefined;
    return State?.Code === 'active' ? { stable: true } : { failed: `load balancer is ${State?.Code}` };
  },
  update: async (arn, properties, previous, ctx) => {
    const read = readLoadBalancer(properties);
    const differs = (name: string): boolean => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]);
    if (differs('IpAddressType')) throw new AwsError('NotModelled', 'NotModelled: changing IpAddressType', { status: 501 });
    if (differs('Subnets')) await ctx.call(service, 'SetSubnets', { LoadBalancerArn: arn, Subnets: read.texts('Subnets') });
    if (differs('SecurityGroups')) {
      await ctx.call(service, 'SetSecurityGroups', { LoadBalancerArn: arn, SecurityGroups: read.texts('SecurityGroups') });
    }
    await setLoadBalancerAttributes(arn, properties, ctx);
    await syncTags(arn, properties, previous, ctx);
    return provisionedLoadBalancer(arn, ctx);
  },
  delete: async (arn, _properties, ctx) => {
    await ctx.call(service, 'DeleteLoadBalancer', { LoadBalancerArn: arn });
  },
};

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

const targetGroup: ResourceType = {
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

const listenerInput = (properties: ResourceProperties) => {
  const known = ['LoadBalancerArn', 'Port', 'Protocol', 'DefaultActions', 'Certificates', 'SslPolicy'];
  const read = readProperties('AWS::ElasticLoadBalancingV2::Listener', properties, known);
  return {
    Port: read.number('Port'),
    Protocol: read.text('Protocol'),
    Certificates: properties.Certificates,
    SslPolicy: read.text('SslPolicy'),
    DefaultActions: properties.DefaultActions,
  };
};

const listener: ResourceType = {
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  replacedOn: ['LoadBalancerArn'],
  create: async (properties, ctx) => {
    const input = { LoadBalancerArn: properties.LoadBalancerArn, ...listenerInput(properties) };
    const { Listeners } = await ctx.call<Elb.CreateListenerOutput>(service, 'CreateListener', input);
    const arn = Listeners![0]!.ListenerArn!;
    return { physicalId: arn, attributes: { ListenerArn: arn } };
  },
  update: async (arn, properties, _previous, ctx) => {
    await ctx.call(service, 'ModifyListener', { ListenerArn: arn, ...listenerInput(properties) });
    return { physicalId: arn, attributes: { ListenerArn: arn } };
  },
  delete: async (arn, _properties, ctx) => {
    await ctx.call(service, 'DeleteListener', { ListenerArn: arn }).catch(goneIs('ListenerNotFoundException'));
  },
};

/** CloudFormation types that Elastic Load Balancing backs. */
export const resourceTypes: readonly ResourceType[] = [loadBalancer, targetGroup, listener];
