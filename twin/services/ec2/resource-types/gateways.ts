import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../../world/context.js';
import { acceptProperties } from '../../members.js';
import type { ResourceType } from '../../service.js';
import { retag, tagSpecifications, unlessGone } from './tagging.js';

export const internetGatewayResource: ResourceType = {
  type: 'AWS::EC2::InternetGateway',
  replacedOn: [],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::InternetGateway', properties, ['Tags']);
    const TagSpecifications = tagSpecifications('internet-gateway', properties);
    const made = await ctx.call<{ InternetGateway: { InternetGatewayId: string } }>('ec2', 'CreateInternetGateway', { TagSpecifications });
    const { InternetGatewayId } = made.InternetGateway;
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  update: async (InternetGatewayId, properties, previous, ctx) => {
    await retag(ctx, InternetGatewayId, properties, previous);
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  delete: (InternetGatewayId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteInternetGateway', { InternetGatewayId })),
};

export const vpcGatewayAttachmentResource: ResourceType = {
  type: 'AWS::EC2::VPCGatewayAttachment',
  replacedOn: ['VpcId', 'InternetGatewayId'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::VPCGatewayAttachment', properties, ['VpcId', 'InternetGatewayId']);
    const { VpcId, InternetGatewayId } = properties;
    await ctx.call('ec2', 'AttachInternetGateway', { VpcId, InternetGatewayId });
    return { physicalId: `IGW|${String(VpcId)}`, attributes: { AttachmentType: 'IGW' } };
  },
  delete: (_physicalId, { VpcId, InternetGatewayId }, ctx) =>
    unlessGone(ctx.call('ec2', 'DetachInternetGateway', { VpcId, InternetGatewayId })),
};

export const elasticIpResource: ResourceType = {
  type: 'AWS::EC2::EIP',
  replacedOn: ['Domain'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::EIP', properties, ['Domain', 'Tags']);
    const { PublicIp, AllocationId } = await ctx.call<{ PublicIp: string; AllocationId: string }>('ec2', 'AllocateAddress', {
      Domain: properties.Domain,
      TagSpecifications: tagSpecifications('elastic-ip', properties),
    });
    return { physicalId: PublicIp, attributes: { PublicIp, AllocationId } };
  },
  update: async (PublicIp, properties, previous, ctx) => {
    const { AllocationId } = (await addressAt(ctx, PublicIp))!;
    await retag(ctx, AllocationId!, properties, previous);
    return { physicalId: PublicIp, attributes: { PublicIp, AllocationId } };
  },
  delete: (PublicIp, _properties, ctx) =>
    unlessGone(addressAt(ctx, PublicIp).then((address) => ctx.call('ec2', 'ReleaseAddress', { AllocationId: address?.AllocationId }))),
};
const addressAt = async (ctx: Context, PublicIp: string): Promise<EC2.Address | undefined> => {
  const { Addresses } = await ctx.call<{ Addresses: EC2.Address[] }>('ec2', 'DescribeAddresses', { PublicIps: [PublicIp] });
  return Addresses[0];
};

const natGateway = async (ctx: Context, id: string): Promise<EC2.NatGateway | undefined> => {
  const { NatGateways } = await ctx.call<{ NatGateways: EC2.NatGateway[] }>('ec2', 'DescribeNatGateways', { NatGatewayIds: [id] });
  return NatGateways[0];
};

export const natGatewayResource: ResourceType = {
  type: 'AWS::EC2::NatGateway',
  replacedOn: ['SubnetId', 'AllocationId', 'ConnectivityType'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::NatGateway', properties, ['SubnetId', 'AllocationId', 'ConnectivityType', 'Tags']);
    const { SubnetId, AllocationId, ConnectivityType } = properties;
    const made = await ctx.call<{ NatGateway: { NatGatewayId: string } }>('ec2', 'CreateNatGateway', {
      SubnetId,
      AllocationId,
      ConnectivityType,
      TagSpecifications: tagSpecifications('natgateway', properties),
    });
    const { NatGatewayId } = made.NatGateway;
    return { physicalId: NatGatewayId, attributes: { NatGatewayId } };
  },
  stable: async (id, _properties, ctx) => {
    const state = (await natGateway(ctx, id))?.State;
    if (state === 'available') return { stable: true };
    return state === 'pending' ? undefined : { failed: `NatGateway ${id} is in state ${state} and hence failed to stabilize.` };
  },
  update: async (NatGatewayId, properties, previous, ctx) => {
    await retag(ctx, NatGatewayId, properties, previous);
    return { physicalId: NatGatewayId, attributes: { NatGatewayId } };
  },
  delete: (NatGatewayId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteNatGateway', { NatGatewayId })),
  gone: async (id, ctx) => (await natGateway(ctx, id))?.State === 'deleted',
};
