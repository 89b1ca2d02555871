import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { service } from './template-calls.js';

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

export const listener: ResourceType = {
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
    await ctx.call(service, 'DeleteListener', { ListenerArn: arn }).catch((error: unknown) => {
      // Gone with its load balancer already.
      if (!(error instanceof AwsError) || error.code !== 'ListenerNotFoundException') throw error;
    });
  },
};
