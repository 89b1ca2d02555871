import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { attributesOf, fullName, service, syncTags } from './template-calls.js';

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

export const loadBalancer: ResourceType = {
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
