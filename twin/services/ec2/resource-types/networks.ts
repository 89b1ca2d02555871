import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../../world/context.js';
import { acceptProperties } from '../../members.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../../service.js';
import { isTrue, retag, tagSpecifications, unlessGone } from './tagging.js';

const inVpc = (VpcId: string) => [{ Name: 'vpc-id', Values: [VpcId] }];

const describedVpc = async (ctx: Context, VpcId: string): Promise<ProvisionedResource> => {
  const { Vpcs } = await ctx.call<{ Vpcs: EC2.Vpc[] }>('ec2', 'DescribeVpcs', { VpcIds: [VpcId] });
  const defaults = [...inVpc(VpcId), { Name: 'group-name', Values: ['default'] }];
  const { SecurityGroups } = await ctx.call<{ SecurityGroups: EC2.SecurityGroup[] }>('ec2', 'DescribeSecurityGroups', {
    Filters: defaults,
  });
  const { NetworkAcls } = await ctx.call<{ NetworkAcls: EC2.NetworkAcl[] }>('ec2', 'DescribeNetworkAcls', { Filters: inVpc(VpcId) });
  const [vpc] = Vpcs;
  return {
    physicalId: VpcId,
    attributes: {
      VpcId,
      CidrBlock: vpc?.CidrBlock,
      CidrBlockAssociations: vpc?.CidrBlockAssociationSet?.map(({ AssociationId }) => AssociationId),
      Ipv6CidrBlocks: [],
      DefaultSecurityGroup: SecurityGroups[0]?.GroupId,
      DefaultNetworkAcl: NetworkAcls.find(({ IsDefault }) => IsDefault)?.NetworkAclId,
    },
  };
};
const setDns = async (ctx: Context, VpcId: string, properties: ResourceProperties): Promise<void> => {
  const modify = (attribute: object): Promise<unknown> => ctx.call('ec2', 'ModifyVpcAttribute', { VpcId, ...attribute });
  await modify({ EnableDnsSupport: { Value: properties.EnableDnsSupport === undefined || isTrue(properties.EnableDnsSupport) } });
  await modify({ EnableDnsHostnames: { Value: isTrue(properties.EnableDnsHostnames) } });
};
const vpcProperties = ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'];

export const vpcResource: ResourceType = {
  type: 'AWS::EC2::VPC',
  replacedOn: ['CidrBlock', 'InstanceTenancy'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::VPC', properties, vpcProperties);
    const { Vpc } = await ctx.call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', {
      CidrBlock: properties.CidrBlock,
      InstanceTenancy: properties.InstanceTenancy,
      TagSpecifications: tagSpecifications('vpc', properties),
    });
    await setDns(ctx, Vpc.VpcId, properties);
    return describedVpc(ctx, Vpc.VpcId);
  },
  update: async (VpcId, properties, previous, ctx) => {
    acceptProperties('AWS::EC2::VPC', properties, vpcProperties);
    await setDns(ctx, VpcId, properties);
    await retag(ctx, VpcId, properties, previous);
    return describedVpc(ctx, VpcId);
  },
  delete: (VpcId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteVpc', { VpcId })),
};

const describedSubnet = async (ctx: Context, SubnetId: string): Promise<ProvisionedResource> => {
  const { Subnets } = await ctx.call<{ Subnets: EC2.Subnet[] }>('ec2', 'DescribeSubnets', { SubnetIds: [SubnetId] });
  const filter = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
  const { NetworkAcls } = await ctx.call<{ NetworkAcls: EC2.NetworkAcl[] }>('ec2', 'DescribeNetworkAcls', { Filters: filter });
  const association = NetworkAcls[0]?.Associations?.find((each) => each.SubnetId === SubnetId);
  const { VpcId, CidrBlock, AvailabilityZone, AvailabilityZoneId } = Subnets[0]!;
  return {
    physicalId: SubnetId,
    attributes: {
      SubnetId,
      VpcId,
      CidrBlock,
      AvailabilityZone,
      AvailabilityZoneId,
      Ipv6CidrBlocks: [],
      NetworkAclAssociationId: association?.NetworkAclAssociationId,
    },
  };
};
const setPublic = (ctx: Context, SubnetId: string, properties: ResourceProperties): Promise<unknown> =>
  ctx.call('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value: isTrue(properties.MapPublicIpOnLaunch) } });
const subnetProperties = ['VpcId', 'CidrBlock', 'AvailabilityZone', 'AvailabilityZoneId', 'MapPublicIpOnLaunch', 'Tags'];

export const subnetResource: ResourceType = {
  type: 'AWS::EC2::Subnet',
  replacedOn: ['VpcId', 'CidrBlock', 'AvailabilityZone', 'AvailabilityZoneId'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::EC2::Subnet', properties, subnetProperties);
    const { Subnet } = await ctx.call<{ Subnet: { SubnetId: string } }>('ec2', 'CreateSubnet', {
      VpcId: properties.VpcId,
      CidrBlock: properties.CidrBlock,
      AvailabilityZone: properties.AvailabilityZone,
      AvailabilityZoneId: properties.AvailabilityZoneId,
      TagSpecifications: tagSpecifications('subnet', properties),
    });
    await setPublic(ctx, Subnet.SubnetId, properties);
    return describedSubnet(ctx, Subnet.SubnetId);
  },
  update: async (SubnetId, properties, previous, ctx) => {
    acceptProperties('AWS::EC2::Subnet', properties, subnetProperties);
    await setPublic(ctx, SubnetId, properties);
    await retag(ctx, SubnetId, properties, previous);
    return describedSubnet(ctx, SubnetId);
  },
  delete: (SubnetId, _properties, ctx) => unlessGone(ctx.call('ec2', 'DeleteSubnet', { SubnetId })),
};
