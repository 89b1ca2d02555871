import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { cidrText, contains, overlap, parseCidr, sizeOf } from './cidr.js';
import { described } from './describe.js';
import { dependencyViolation, ec2Error, find, network, newId, type Subnet } from './records.js';
import { tagNew } from './tags.js';
import { zonesOf } from './zones.js';

/** The first four addresses and the last are AWS's. */
export const freeAddresses = (ctx: Context, subnet: Subnet): number =>
  sizeOf(parseCidr(subnet.CidrBlock)!) -
  5 -
  [...network(ctx).interfaces.values()].filter(({ SubnetId }) => SubnetId === subnet.SubnetId).length;

const zoneFor = (ctx: Context, input: EC2.CreateSubnetCommandInput): { ZoneName: string; ZoneId: string } => {
  const all = zonesOf(ctx.region);
  const asked = input.AvailabilityZone ?? input.AvailabilityZoneId;
  if (asked === undefined) return all[ctx.chance.stream(`ec2.zone/${network(ctx).subnets.size}`).whole(0, all.length - 1)]!;
  const found = all.find(({ ZoneName, ZoneId }) => ZoneName === input.AvailabilityZone || ZoneId === input.AvailabilityZoneId);
  if (found) return found;
  throw ec2Error(
    'InvalidParameterValue',
    `Value (${asked}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${all.map(({ ZoneName }) => ZoneName).join(', ')}.`,
  );
};

export const subnets = {
  CreateSubnet: (input, ctx) => {
    accept('ec2.CreateSubnet', input, ['VpcId', 'CidrBlock', 'AvailabilityZone', 'AvailabilityZoneId', 'TagSpecifications']);
    const vpc = find(ctx, 'vpcs', input.VpcId);
    const given = need(input.CidrBlock, 'CidrBlock', 'MissingParameter');
    const block = parseCidr(given);
    if (!block)
      throw ec2Error('InvalidParameterValue', `Value (${given}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
    if (block.bits < 16 || block.bits > 28 || !contains(parseCidr(vpc.CidrBlock)!, block)) {
      throw ec2Error('InvalidSubnet.Range', `The CIDR '${given}' is invalid.`);
    }
    const held = network(ctx);
    const taken = [...held.subnets.values()].some(({ VpcId, CidrBlock }) => VpcId === vpc.VpcId && overlap(parseCidr(CidrBlock)!, block));
    if (taken) throw ec2Error('InvalidSubnet.Conflict', `The CIDR '${given}' conflicts with another subnet`);
    const zone = zoneFor(ctx, input);
    const SubnetId = newId(ctx, 'subnet');
    const subnet: Subnet = {
      SubnetId,
      SubnetArn: `arn:aws:ec2:${ctx.region}:${ctx.account}:subnet/${SubnetId}`,
      VpcId: vpc.VpcId,
      OwnerId: ctx.account,
      CidrBlock: cidrText(block),
      AvailabilityZone: zone.ZoneName,
      AvailabilityZoneId: zone.ZoneId,
      State: 'available',
      DefaultForAz: false,
      MapPublicIpOnLaunch: false,
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      EnableDns64: false,
      Ipv6Native: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'ip-name',
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
    };
    held.subnets.set(SubnetId, subnet);
    tagNew(ctx, SubnetId, 'subnet', input.TagSpecifications);
    const acl = [...held.acls.values()].find(({ VpcId, IsDefault }) => VpcId === vpc.VpcId && IsDefault)!;
    acl.Associations.push({ NetworkAclAssociationId: newId(ctx, 'aclassoc'), NetworkAclId: acl.NetworkAclId, SubnetId });
    return { Subnet: { ...subnet, AvailableIpAddressCount: freeAddresses(ctx, subnet) } };
  },
  DescribeSubnets: (input, ctx) => {
    accept('ec2.DescribeSubnets', input, ['SubnetIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'subnets', {
      ids: input.SubnetIds,
      asked: input,
      idOf: ({ SubnetId }) => SubnetId,
      fields: {
        'subnet-id': ({ SubnetId }) => SubnetId,
        'vpc-id': ({ VpcId }) => VpcId,
        'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
        availabilityZone: ({ AvailabilityZone }) => AvailabilityZone,
        'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
        'cidr-block': ({ CidrBlock }) => CidrBlock,
        'default-for-az': ({ DefaultForAz }) => DefaultForAz,
        'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
        state: ({ State }) => State,
        'owner-id': ({ OwnerId }) => OwnerId,
      },
    });
    return { Subnets: items.map((subnet) => ({ ...subnet, AvailableIpAddressCount: freeAddresses(ctx, subnet) })), NextToken: next };
  },
  ModifySubnetAttribute: (input, ctx) => {
    accept('ec2.ModifySubnetAttribute', input, ['SubnetId', 'MapPublicIpOnLaunch']);
    find(ctx, 'subnets', input.SubnetId).MapPublicIpOnLaunch = input.MapPublicIpOnLaunch?.Value ?? false;
    return {};
  },
  DeleteSubnet: ({ SubnetId }, ctx) => {
    const { SubnetId: id } = find(ctx, 'subnets', SubnetId);
    const held = network(ctx);
    const used =
      [...held.interfaces.values()].some((each) => each.SubnetId === id) ||
      [...held.natGateways.values()].some((each) => each.SubnetId === id && each.State !== 'deleted');
    if (used) throw dependencyViolation('subnet', id);
    for (const table of held.routeTables.values()) table.Associations = table.Associations.filter((each) => each.SubnetId !== id);
    for (const acl of held.acls.values()) acl.Associations = acl.Associations.filter((each) => each.SubnetId !== id);
    held.subnets.delete(id);
    held.tags.delete(id);
    return {};
  },
  DescribeNetworkAcls: (input, ctx) => {
    accept('ec2.DescribeNetworkAcls', input, ['NetworkAclIds', 'Filters', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'acls', {
      ids: input.NetworkAclIds,
      asked: input,
      idOf: ({ NetworkAclId }) => NetworkAclId,
      fields: {
        'network-acl-id': ({ NetworkAclId }) => NetworkAclId,
        'vpc-id': ({ VpcId }) => VpcId,
        default: ({ IsDefault }) => IsDefault,
        'association.subnet-id': ({ Associations }) => Associations.map(({ SubnetId }) => SubnetId),
      },
    });
    return { NetworkAcls: items, NextToken: next };
  },
} satisfies Operations<typeof EC2>;
