import { expect, test } from '@jest/globals';
import type * as EC2 from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { cidrText, contains, overlap, parseCidr, sizeOf } from '../../../twin/services/ec2/cidr.js';
import { ec2 } from '../../../twin/services/ec2/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async () => {
  const world = serviceWorld([ec2]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) => world.call<Output>('ec2', operation, input);
  const { Vpc } = await call<{ Vpc: { VpcId: string } }>('CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const subnet = async (CidrBlock: string, more: object = {}) =>
    (await call<{ Subnet: EC2.Subnet }>('CreateSubnet', { VpcId: Vpc.VpcId, CidrBlock, ...more })).Subnet;
  const group = async (GroupName: string) =>
    (await call<{ GroupId: string }>('CreateSecurityGroup', { GroupName, Description: 'd', VpcId: Vpc.VpcId })).GroupId;
  return { ...world, call, subnet, group, VpcId: Vpc.VpcId };
};
const from = (VpcId: string) => ({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] });

test('a region has three zones', async () => {
  const { call } = await begin();
  const { AvailabilityZones } = await call<{ AvailabilityZones: EC2.AvailabilityZone[] }>('DescribeAvailabilityZones');
  expect(AvailabilityZones.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId])).toEqual([
    ['eu-west-1a', 'euw1-az1'],
    ['eu-west-1b', 'euw1-az2'],
    ['eu-west-1c', 'euw1-az3'],
  ]);
});

test('a new VPC has a main route table, a default security group and a default network ACL', async () => {
  const { call, VpcId } = await begin();
  expect(await call('DescribeRouteTables', from(VpcId))).toMatchObject({
    RouteTables: [
      { Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }] },
    ],
  });
  expect(await call('DescribeSecurityGroups', from(VpcId))).toMatchObject({
    SecurityGroups: [
      { GroupName: 'default', IpPermissions: [{ IpProtocol: '-1' }], IpPermissionsEgress: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
    ],
  });
  expect(await call('DescribeNetworkAcls', from(VpcId))).toMatchObject({ NetworkAcls: [{ IsDefault: true }] });
});

test('networks of another region are not seen here', async () => {
  const { world, ctx } = await begin();
  expect(world.pendingEvents).toBe(0);
  expect(await ctx('eu-central-1').call('ec2', 'DescribeVpcs', {})).toMatchObject({ Vpcs: [] });
});

test('a subnet lies in its VPC and overlaps no other', async () => {
  const { subnet } = await begin();
  await subnet('10.0.0.0/24');
  await expect(subnet('10.0.0.128/25')).rejects.toMatchObject({ code: 'InvalidSubnet.Conflict' });
  await expect(subnet('10.1.0.0/24')).rejects.toMatchObject({ code: 'InvalidSubnet.Range' });
  await expect(subnet('10.0.1.0/29')).rejects.toMatchObject({ code: 'InvalidSubnet.Range' });
  await expect(subnet('10.0.1.0/24', { AvailabilityZone: 'eu-west-1z' })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
});

test('blocks overlap exactly when they share an address', () => {
  const block = fc
    .record({ first: fc.nat(2 ** 10), bits: fc.integer({ min: 22, max: 32 }) })
    .map(({ first, bits }) => parseCidr(`0.0.${first >> 8}.${first & 255}/${bits}`)!);
  fc.assert(
    fc.property(block, block, (one, other) => {
      const addresses = (each: typeof one) => Array.from({ length: sizeOf(each) }, (_, at) => each.first + at);
      const shared = addresses(one).filter((address) => addresses(other).includes(address));
      expect(overlap(one, other)).toBe(shared.length > 0);
      expect(contains(one, other)).toBe(shared.length === sizeOf(other));
      expect(parseCidr(cidrText(one))).toEqual(one);
    }),
    { numRuns: 50 },
  );
});

test('what others depend on cannot be deleted', async () => {
  const { call, subnet, group, VpcId } = await begin();
  const { SubnetId } = await subnet('10.0.0.0/24');
  await expect(call('DeleteVpc', { VpcId })).rejects.toMatchObject({ code: 'DependencyViolation' });
  const [web, database] = [await group('web'), await group('database')];
  const permission = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: web }] };
  await call('AuthorizeSecurityGroupIngress', { GroupId: database, IpPermissions: [permission] });
  await expect(call('DeleteSecurityGroup', { GroupId: web })).rejects.toMatchObject({ code: 'DependencyViolation' });
  await call('CreateNetworkInterface', { SubnetId, Groups: [database] });
  await expect(call('DeleteSubnet', { SubnetId })).rejects.toMatchObject({ code: 'DependencyViolation' });
  await expect(call('DeleteSecurityGroup', { GroupId: database })).rejects.toMatchObject({ code: 'DependencyViolation' });
});

test('an empty VPC goes with all it was born with', async () => {
  const { call, VpcId } = await begin();
  await call('DeleteVpc', { VpcId });
  await expect(call('DescribeVpcs', { VpcIds: [VpcId] })).rejects.toMatchObject({
    code: 'InvalidVpcID.NotFound',
    message: `The vpc ID '${VpcId}' does not exist`,
  });
  expect(await call('DescribeSecurityGroups')).toMatchObject({ SecurityGroups: [] });
});

test('the same rule is not added twice, whatever it is described as', async () => {
  const { call, group } = await begin();
  const GroupId = await group('web');
  const allow = (Description: string) =>
    call('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0', Description }] }],
    });
  await allow('customers');
  await expect(allow('everyone')).rejects.toMatchObject({
    code: 'InvalidPermission.Duplicate',
    message: 'the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
  });
  await call('RevokeSecurityGroupIngress', { GroupId, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' });
  expect(await call('DescribeSecurityGroups', { GroupIds: [GroupId] })).toMatchObject({ SecurityGroups: [{ IpPermissions: [] }] });
});

test('a route drops its packets once its gateway is gone', async () => {
  const { call, VpcId } = await begin();
  const { InternetGateway } = await call<{ InternetGateway: { InternetGatewayId: string } }>('CreateInternetGateway');
  const { InternetGatewayId } = InternetGateway;
  const { RouteTable } = await call<{ RouteTable: { RouteTableId: string } }>('CreateRouteTable', { VpcId });
  const route = { RouteTableId: RouteTable.RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId };
  await expect(call('CreateRoute', route)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  await call('AttachInternetGateway', { InternetGatewayId, VpcId });
  await call('CreateRoute', route);
  await expect(call('CreateRoute', route)).rejects.toMatchObject({ code: 'RouteAlreadyExists' });
  const states = async () => {
    const input = { RouteTableIds: [RouteTable.RouteTableId] };
    const { RouteTables } = await call<{ RouteTables: EC2.RouteTable[] }>('DescribeRouteTables', input);
    return RouteTables[0]!.Routes!.map(({ State }) => State);
  };
  expect(await states()).toEqual(['active', 'active']);
  await call('DetachInternetGateway', { InternetGatewayId, VpcId });
  expect(await states()).toEqual(['active', 'blackhole']);
});

test('a subnet has one route table of its own', async () => {
  const { call, subnet, VpcId } = await begin();
  const { SubnetId } = await subnet('10.0.0.0/24');
  const { RouteTable } = await call<{ RouteTable: { RouteTableId: string } }>('CreateRouteTable', { VpcId });
  const { AssociationId } = await call<{ AssociationId: string }>('AssociateRouteTable', {
    RouteTableId: RouteTable.RouteTableId,
    SubnetId,
  });
  await expect(call('AssociateRouteTable', { RouteTableId: RouteTable.RouteTableId, SubnetId })).rejects.toMatchObject({
    code: 'Resource.AlreadyAssociated',
  });
  await expect(call('DeleteRouteTable', { RouteTableId: RouteTable.RouteTableId })).rejects.toMatchObject({ code: 'DependencyViolation' });
  await call('DisassociateRouteTable', { AssociationId });
  await call('DeleteRouteTable', { RouteTableId: RouteTable.RouteTableId });
});

test('a NAT gateway takes its time to come and to go, and holds its address until it is gone', async () => {
  const { call, subnet, pass } = await begin();
  const { SubnetId } = await subnet('10.0.0.0/24');
  const { AllocationId } = await call<{ AllocationId: string }>('AllocateAddress', { Domain: 'vpc' });
  const { NatGateway } = await call<{ NatGateway: EC2.NatGateway }>('CreateNatGateway', { SubnetId, AllocationId, ClientToken: 't' });
  const { NatGatewayId } = NatGateway;
  expect(NatGateway.State).toBe('pending');
  expect(await call('CreateNatGateway', { SubnetId, AllocationId, ClientToken: 't' })).toMatchObject({ NatGateway: { NatGatewayId } });
  await pass(150);
  expect(await call('DescribeNatGateways')).toMatchObject({ NatGateways: [{ State: 'available' }] });
  await call('DeleteNatGateway', { NatGatewayId });
  await expect(call('ReleaseAddress', { AllocationId })).rejects.toMatchObject({ code: 'InvalidIPAddress.InUse' });
  await pass(150);
  await call('ReleaseAddress', { AllocationId });
  await call('DeleteSubnet', { SubnetId });
});

test('filters take wildcards and tags, and an unknown one is refused', async () => {
  const { call, VpcId } = await begin();
  await call('CreateTags', { Resources: [VpcId], Tags: [{ Key: 'Name', Value: 'dublin' }] });
  const found = async (Name: string, value: string) =>
    (await call<{ Vpcs: EC2.Vpc[] }>('DescribeVpcs', { Filters: [{ Name, Values: [value] }] })).Vpcs.length;
  expect(await found('tag:Name', 'dub*')).toBe(1);
  expect(await found('tag:Name', 'frank*')).toBe(0);
  expect(await found('tag-key', 'Name')).toBe(1);
  await expect(found('colour', 'red')).rejects.toMatchObject({ code: 'InvalidParameterValue', message: "The filter 'colour' is invalid" });
});

test('a list comes in pages', async () => {
  const { call, subnet } = await begin();
  for (let i = 0; i < 5; i++) await subnet(`10.0.${i}.0/24`);
  const seen: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page: EC2.DescribeSubnetsCommandOutput = await call('DescribeSubnets', { MaxResults: 2, NextToken });
    seen.push(...page.Subnets!.map(({ CidrBlock }) => CidrBlock));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toEqual(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24']);
});

test('what is not modelled is refused and not ignored', async () => {
  const { call } = await begin();
  await expect(call('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true })).rejects.toMatchObject({
    code: 'NotModelled',
  });
  await expect(call('RunInstances')).rejects.toMatchObject({ code: 'NotModelled' });
});
