import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../../world/context.js';
import { acceptProperties } from '../../members.js';
import type { ResourceProperties, ResourceType } from '../../service.js';
import { asNumber, isTrue, retag, tagSpecifications, unlessGone } from './tagging.js';

const endpointAt = async (ctx: Context, id: string): Promise<EC2.VpcEndpoint> => {
  const { VpcEndpoints } = await ctx.call<{ VpcEndpoints: EC2.VpcEndpoint[] }>('ec2', 'DescribeVpcEndpoints', { VpcEndpointIds: [id] });
  return VpcEndpoints[0]!;
};
const policyText = (document: unknown): string | undefined =>
  document === undefined || typeof document === 'string' ? document : JSON.stringify(document);

export const vpcEndpointResource: ResourceType = {
  type: 'AWS::EC2::VPCEndpoint',
  replacedOn: [
    'VpcEndpointType',
    'VpcId',
    'ServiceName',
    'ServiceRegion',
    'PolicyDocument',
    'RouteTableIds',
    'SubnetIds',
    'SecurityGroupIds',
    'PrivateDnsEnabled',
  ],
  create: async (properties, ctx) => {
    const { VpcEndpointType, VpcId, ServiceName, ServiceRegion, RouteTableIds, SubnetIds, SecurityGroupIds } = properties;
    const asked = { VpcEndpointType, VpcId, ServiceName, ServiceRegion, RouteTableIds, SubnetIds, SecurityGroupIds };
    acceptProperties('AWS::EC2::VPCEndpoint', properties, [...Object.keys(asked), 'PolicyDocument', 'PrivateDnsEnabled', 'Tags']);
    const { VpcEndpoint } = await ctx.call<{ VpcEndpoint: { VpcEndpointId: string } }>('ec2', 'CreateVpcEndpoint', {
      ...asked,
      PolicyDocument: policyText(properties.PolicyDocument),
      PrivateDnsEnabled: isTrue(properties.PrivateDnsEnabled),
      TagSpecifications: tagSpecifications('vpc-endpoint', properties),
    });
    const id = VpcEndpoint.VpcEndpointId;
    const { CreationTimestamp, DnsEntries, NetworkInterfaceIds } = await endpointAt(ctx, id);
    const entries = DnsEntries?.map(({ DnsName }) => `Z00TWIN:${DnsName}`);
    return {
      physicalId: id,
      attributes: { Id: id, CreationTimestamp: CreationTimestamp?.toISOString(), DnsEntries: entries, NetworkInterfaceIds },
    };
  },
  stable: async (id, _properties, ctx) => ((await endpointAt(ctx, id)).State === ('available' as EC2.State) ? { stable: true } : undefined),
  delete: (id, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteVpcEndpoints', { VpcEndpointIds: [id] })),
};

const flowLogInput = (properties: ResourceProperties): object => {
  const { ResourceType, TrafficType, LogDestinationType, LogDestination, LogGroupName, LogFormat, DeliverLogsPermissionArn } = properties;
  const asked = { ResourceType, TrafficType, LogDestinationType, LogDestination, LogGroupName, LogFormat, DeliverLogsPermissionArn };
  acceptProperties('AWS::EC2::FlowLog', properties, [...Object.keys(asked), 'ResourceId', 'MaxAggregationInterval', 'Tags']);
  return { ...asked, ResourceIds: [properties.ResourceId], MaxAggregationInterval: asNumber(properties.MaxAggregationInterval) };
};

export const flowLogResource: ResourceType = {
  type: 'AWS::EC2::FlowLog',
  replacedOn: [
    'ResourceId',
    'ResourceType',
    'TrafficType',
    'LogDestinationType',
    'LogDestination',
    'LogGroupName',
    'LogFormat',
    'DeliverLogsPermissionArn',
    'MaxAggregationInterval',
  ],
  create: async (properties, ctx) => {
    const TagSpecifications = tagSpecifications('vpc-flow-log', properties);
    const { FlowLogIds } = await ctx.call<{ FlowLogIds: string[] }>('ec2', 'CreateFlowLogs', {
      ...flowLogInput(properties),
      TagSpecifications,
    });
    return { physicalId: FlowLogIds[0]!, attributes: { Id: FlowLogIds[0] } };
  },
  update: async (id, properties, previous, ctx) => {
    await retag(ctx, id, properties, previous);
    return { physicalId: id, attributes: { Id: id } };
  },
  delete: (id, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteFlowLogs', { FlowLogIds: [id] })),
};
