import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { addressText, parseCidr, sizeOf } from './cidr.js';
import { described } from './describe.js';
import { ec2Error, find, network, newId, type NetworkInterface, type Subnet } from './records.js';
import { tagNew, tagsOf } from './tags.js';

/** The lowest private address of the subnet that nobody has. */
const freePrivateAddress = (ctx: Context, subnet: Subnet): string => {
  const block = parseCidr(subnet.CidrBlock)!;
  const taken = new Set(
    [...network(ctx).interfaces.values()].filter(({ SubnetId }) => SubnetId === subnet.SubnetId).map((each) => each.PrivateIpAddress),
  );
  for (let offset = 4; offset < sizeOf(block) - 1; offset++) {
    const address = addressText(block.first + offset);
    if (!taken.has(address)) return address;
  }
  throw ec2Error('InsufficientFreeAddressesInSubnet', 'The specified subnet does not have enough free addresses to satisfy the request.');
};

interface Wanted {
  readonly Description?: string | undefined;
  readonly InterfaceType: EC2.NetworkInterfaceType;
  readonly groups: readonly string[];
}

export const addInterface = (ctx: Context, subnet: Subnet, { Description = '', InterfaceType, groups }: Wanted): NetworkInterface => {
  const PrivateIpAddress = freePrivateAddress(ctx, subnet);
  const eni: NetworkInterface = {
    NetworkInterfaceId: newId(ctx, 'eni'),
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    Description,
    InterfaceType,
    OwnerId: ctx.account,
    PrivateIpAddress,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress }],
    RequesterManaged: InterfaceType !== 'interface',
    SourceDestCheck: true,
    Status: InterfaceType === 'interface' ? 'available' : 'in-use',
    Groups: groups.map((id) => {
      const { GroupId, GroupName } = find(ctx, 'securityGroups', id);
      return { GroupId, GroupName };
    }),
  };
  network(ctx).interfaces.set(eni.NetworkInterfaceId, eni);
  return eni;
};
export const removeInterface = (ctx: Context, id: string): void => {
  network(ctx).interfaces.delete(id);
  network(ctx).tags.delete(id);
};

const defaultGroup = (ctx: Context, vpcId: string): string =>
  [...network(ctx).securityGroups.values()].find(({ VpcId, GroupName }) => VpcId === vpcId && GroupName === 'default')!.GroupId;

/** Network interfaces, as records that take an address of their subnet and hold their security groups; no packet passes through them. */
export const networkInterfaces = {
  CreateNetworkInterface: (input, ctx) => {
    accept('ec2.CreateNetworkInterface', input, ['SubnetId', 'Description', 'Groups', 'TagSpecifications', 'ClientToken']);
    const earlier = input.ClientToken === undefined ? undefined : network(ctx).byToken.get(`eni/${input.ClientToken}`);
    if (earlier !== undefined) return { ClientToken: input.ClientToken, NetworkInterface: find(ctx, 'interfaces', earlier) };
    const subnet = find(ctx, 'subnets', input.SubnetId);
    const groups = input.Groups?.length ? input.Groups : [defaultGroup(ctx, subnet.VpcId)];
    const eni = addInterface(ctx, subnet, { Description: input.Description, InterfaceType: 'interface', groups });
    tagNew(ctx, eni.NetworkInterfaceId, 'network-interface', input.TagSpecifications);
    if (input.ClientToken !== undefined) network(ctx).byToken.set(`eni/${input.ClientToken}`, eni.NetworkInterfaceId);
    return { ClientToken: input.ClientToken, NetworkInterface: { ...eni, TagSet: tagsOf(ctx, eni.NetworkInterfaceId) } };
  },
  DescribeNetworkInterfaces: (input, ctx) => {
    accept('ec2.DescribeNetworkInterfaces', input, ['NetworkInterfaceIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'interfaces', {
      ids: input.NetworkInterfaceIds,
      asked: input,
      idOf: ({ NetworkInterfaceId }) => NetworkInterfaceId,
      fields: {
        'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
        'subnet-id': ({ SubnetId }) => SubnetId,
        'vpc-id': ({ VpcId }) => VpcId,
        'group-id': ({ Groups }) => Groups.map(({ GroupId }) => GroupId),
        'group-name': ({ Groups }) => Groups.map(({ GroupName }) => GroupName),
        'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
        'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
        'interface-type': ({ InterfaceType }) => InterfaceType,
        description: ({ Description }) => Description,
        status: ({ Status }) => Status,
      },
    });
    return { NetworkInterfaces: items.map(({ Tags, ...eni }) => ({ ...eni, TagSet: Tags })), NextToken: next };
  },
  DeleteNetworkInterface: ({ NetworkInterfaceId }, ctx) => {
    const eni = find(ctx, 'interfaces', NetworkInterfaceId);
    if (eni.RequesterManaged) {
      throw ec2Error('OperationNotPermitted', `You are not allowed to manage '${eni.InterfaceType}' interfaces.`);
    }
    removeInterface(ctx, eni.NetworkInterfaceId);
    return {};
  },
} satisfies Operations<typeof EC2>;
