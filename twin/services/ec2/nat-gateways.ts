import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { addInterface, removeInterface } from './network-interfaces.js';
import { ec2Error, find, network, newId, type Address, type NatGateway, type Subnet } from './records.js';
import { tagNew } from './tags.js';

const freeAddress = (ctx: Context, allocationId: string): Address => {
  const address = find(ctx, 'addresses', allocationId);
  if (address.AssociationId !== undefined) {
    throw ec2Error('Resource.AlreadyAssociated', `Elastic IP address [${allocationId}] is already associated`);
  }
  return address;
};

const make = (ctx: Context, subnet: Subnet, address: Address | undefined): NatGateway => {
  const NatGatewayId = newId(ctx, 'nat');
  const eni = addInterface(ctx, subnet, {
    Description: `Interface for NAT Gateway ${NatGatewayId}`,
    InterfaceType: 'nat_gateway' as EC2.NetworkInterfaceType,
    groups: [],
  });
  if (address) {
    address.AssociationId = newId(ctx, 'eipassoc');
    address.NetworkInterfaceId = eni.NetworkInterfaceId;
    address.PrivateIpAddress = eni.PrivateIpAddress;
  }
  return {
    NatGatewayId,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    State: 'pending',
    ConnectivityType: address ? 'public' : 'private',
    CreateTime: ctx.date(),
    NatGatewayAddresses: [
      {
        NetworkInterfaceId: eni.NetworkInterfaceId,
        PrivateIp: eni.PrivateIpAddress,
        IsPrimary: true,
        ...(address ? { AllocationId: address.AllocationId, AssociationId: address.AssociationId, PublicIp: address.PublicIp } : {}),
      },
    ],
  };
};

const release = (ctx: Context, gateway: NatGateway): void => {
  for (const { AllocationId, NetworkInterfaceId } of gateway.NatGatewayAddresses) {
    const address = network(ctx).addresses.get(AllocationId ?? '');
    if (address) for (const name of ['AssociationId', 'NetworkInterfaceId', 'PrivateIpAddress'] as const) delete address[name];
    removeInterface(ctx, NetworkInterfaceId!);
  }
};

/** NAT gateways, as records that take their time; nothing is translated. */
export const natGateways = {
  CreateNatGateway: (input, ctx) => {
    accept('ec2.CreateNatGateway', input, ['SubnetId', 'AllocationId', 'ConnectivityType', 'ClientToken', 'TagSpecifications']);
    const earlier = network(ctx).byToken.get(`nat/${input.ClientToken}`);
    if (earlier !== undefined) return { ClientToken: input.ClientToken, NatGateway: find(ctx, 'natGateways', earlier) };
    const subnet = find(ctx, 'subnets', input.SubnetId);
    const isPublic = input.ConnectivityType !== 'private';
    const address = isPublic ? freeAddress(ctx, need(input.AllocationId, 'AllocationId', 'MissingParameter')) : undefined;
    const gateway = make(ctx, subnet, address);
    network(ctx).natGateways.set(gateway.NatGatewayId, gateway);
    tagNew(ctx, gateway.NatGatewayId, 'natgateway', input.TagSpecifications);
    if (input.ClientToken !== undefined) network(ctx).byToken.set(`nat/${input.ClientToken}`, gateway.NatGatewayId);
    ctx.after(ctx.takes('ec2.nat-gateway'), `NAT gateway ${gateway.NatGatewayId} becomes available`, () => {
      if (gateway.State === 'pending') gateway.State = 'available';
    });
    return { ClientToken: input.ClientToken, NatGateway: { ...gateway } };
  },
  DescribeNatGateways: (input, ctx) => {
    accept('ec2.DescribeNatGateways', input, ['NatGatewayIds', 'Filter', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'natGateways', {
      ids: input.NatGatewayIds,
      asked: { ...input, Filters: input.Filter },
      idOf: ({ NatGatewayId }) => NatGatewayId,
      fields: {
        'nat-gateway-id': ({ NatGatewayId }) => NatGatewayId,
        'subnet-id': ({ SubnetId }) => SubnetId,
        'vpc-id': ({ VpcId }) => VpcId,
        state: ({ State }) => State,
      },
    });
    return { NatGateways: items, NextToken: next };
  },
  DeleteNatGateway: ({ NatGatewayId }, ctx) => {
    const gateway = find(ctx, 'natGateways', NatGatewayId);
    if (gateway.State === 'deleting' || gateway.State === 'deleted') return { NatGatewayId };
    gateway.State = 'deleting';
    ctx.after(ctx.takes('ec2.nat-gateway'), `NAT gateway ${NatGatewayId} is deleted`, (then) => {
      gateway.State = 'deleted';
      gateway.DeleteTime = then.date();
      release(then, gateway);
    });
    return { NatGatewayId };
  },
} satisfies Operations<typeof EC2>;
