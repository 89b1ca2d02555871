import { expect, test } from '@jest/globals';
import type * as EC2 from '@aws-sdk/client-ec2';
import { ec2 } from '../../../twin/services/ec2/index.js';
import type { ProvisionedResource, ResourceProperties } from '../../../twin/services/service.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = () => {
  const world = serviceWorld([ec2]);
  const type = (name: string) => resourceTypeOf(ec2, `AWS::EC2::${name}`);
  const create = (name: string, properties: ResourceProperties): Promise<ProvisionedResource> =>
    type(name).create(properties, world.ctx(), resourceNames(name));
  return { ...world, type, create };
};
const withVpc = async () => {
  const world = begin();
  const vpc = await world.create('VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, Tags: [{ Key: 'Name', Value: 'site' }] });
  return { ...world, vpc, VpcId: vpc.physicalId };
};

test('a VPC gives the attributes that CloudFormation gives', async () => {
  const { vpc, call } = await withVpc();
  expect(vpc.attributes).toEqual({
    VpcId: vpc.physicalId,
    CidrBlock: '10.0.0.0/16',
    CidrBlockAssociations: [expect.stringMatching(/^vpc-cidr-assoc-[0-9a-f]{17}$/)],
    Ipv6CidrBlocks: [],
    DefaultSecurityGroup: expect.stringMatching(/^sg-[0-9a-f]{17}$/) as unknown,
    DefaultNetworkAcl: expect.stringMatching(/^acl-[0-9a-f]{17}$/) as unknown,
  });
  expect(await call('ec2', 'DescribeVpcAttribute', { VpcId: vpc.physicalId, Attribute: 'enableDnsHostnames' })).toMatchObject({
    EnableDnsHostnames: { Value: true },
  });
});

test('a public network is made from its template and taken down again in reverse', async () => {
  const { create, type, ctx, call, VpcId } = await withVpc();
  const made: [string, ProvisionedResource, ResourceProperties][] = [];
  const add = async (name: string, properties: ResourceProperties) => {
    const resource = await create(name, properties);
    made.push([name, resource, properties]);
    return resource.physicalId;
  };
  const SubnetId = await add('Subnet', { VpcId, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-1a', MapPublicIpOnLaunch: true });
  const RouteTableId = await add('RouteTable', { VpcId });
  await add('SubnetRouteTableAssociation', { SubnetId, RouteTableId });
  const InternetGatewayId = await add('InternetGateway', {});
  await add('VPCGatewayAttachment', { VpcId, InternetGatewayId });
  const route = await add('Route', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId });
  expect(route).toBe(`${RouteTableId}|0.0.0.0/0`);
  expect(await call('ec2', 'DescribeSubnets', { SubnetIds: [SubnetId] })).toMatchObject({ Subnets: [{ MapPublicIpOnLaunch: true }] });
  for (const [name, resource, properties] of made.reverse()) await type(name).delete(resource.physicalId, properties, ctx());
  await type('VPC').delete(VpcId, {}, ctx());
  expect(await call('ec2', 'DescribeVpcs')).toMatchObject({ Vpcs: [] });
});

test('a NAT gateway is stable when it is available, and gone when it is deleted', async () => {
  const { create, type, ctx, pass, VpcId } = await withVpc();
  const { physicalId: SubnetId } = await create('Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const { attributes } = await create('EIP', { Domain: 'vpc' });
  const { physicalId } = await create('NatGateway', { SubnetId, AllocationId: attributes!.AllocationId });
  expect(await type('NatGateway').stable!(physicalId, {}, ctx())).toBeUndefined();
  await pass(150);
  expect(await type('NatGateway').stable!(physicalId, {}, ctx())).toEqual({ stable: true });
  await type('NatGateway').delete(physicalId, {}, ctx());
  expect(await type('NatGateway').gone!(physicalId, ctx())).toBe(false);
  await pass(150);
  expect(await type('NatGateway').gone!(physicalId, ctx())).toBe(true);
});

test('a security group lets everything out unless its template says what', async () => {
  const { create, call, VpcId } = await withVpc();
  const egress = async (GroupId: string) =>
    (await call<{ SecurityGroups: EC2.SecurityGroup[] }>('ec2', 'DescribeSecurityGroups', { GroupIds: [GroupId] })).SecurityGroups[0]!
      .IpPermissionsEgress;
  const open = await create('SecurityGroup', { GroupDescription: 'open', VpcId });
  expect(await egress(open.physicalId)).toMatchObject([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
  const nowhere = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86, Description: 'Disallow all traffic' };
  const closed = await create('SecurityGroup', { GroupName: 'closed', GroupDescription: 'closed', VpcId, SecurityGroupEgress: [nowhere] });
  expect(await egress(closed.physicalId)).toMatchObject([{ IpProtocol: 'icmp', IpRanges: [{ CidrIp: '255.255.255.255/32' }] }]);
});

test('a rule of its own names a group that must exist, and goes by its id', async () => {
  const { create, type, ctx, call, VpcId } = await withVpc();
  const { physicalId: GroupId } = await create('SecurityGroup', { GroupDescription: 'd', VpcId });
  const rule = { GroupId, SourceSecurityGroupId: GroupId, IpProtocol: 'tcp', FromPort: 5432, ToPort: '5432' };
  const { physicalId } = await create('SecurityGroupIngress', rule);
  const rules = async () =>
    (await call<{ SecurityGroupRules: EC2.SecurityGroupRule[] }>('ec2', 'DescribeSecurityGroupRules')).SecurityGroupRules.map(
      (each) => each.SecurityGroupRuleId,
    );
  expect(await rules()).toContain(physicalId);
  await type('SecurityGroupIngress').delete(physicalId, rule, ctx());
  expect(await rules()).not.toContain(physicalId);
  await expect(create('SecurityGroupIngress', { ...rule, SourceSecurityGroupId: 'sg-0' })).rejects.toMatchObject({
    code: 'InvalidGroup.NotFound',
  });
});

test('a gateway endpoint routes its service, an interface endpoint waits to be available', async () => {
  const { create, type, ctx, call, pass, VpcId } = await withVpc();
  const { physicalId: RouteTableId } = await create('RouteTable', { VpcId });
  const gateway = { ServiceName: 'com.amazonaws.eu-west-1.s3', VpcId, RouteTableIds: [RouteTableId], VpcEndpointType: 'Gateway' };
  const { physicalId } = await create('VPCEndpoint', gateway);
  expect(await type('VPCEndpoint').stable!(physicalId, gateway, ctx())).toEqual({ stable: true });
  expect(await call('ec2', 'DescribeRouteTables', { RouteTableIds: [RouteTableId] })).toMatchObject({
    RouteTables: [{ Routes: [{}, { GatewayId: physicalId, State: 'active' }] }],
  });
  const { physicalId: SubnetId } = await create('Subnet', { VpcId, CidrBlock: '10.0.0.0/24' });
  const wanted = { ServiceName: 'com.amazonaws.eu-west-1.logs', VpcId, SubnetIds: [SubnetId], VpcEndpointType: 'Interface' };
  const waiting = await create('VPCEndpoint', wanted);
  expect(await type('VPCEndpoint').stable!(waiting.physicalId, wanted, ctx())).toBeUndefined();
  await pass(180);
  expect(await type('VPCEndpoint').stable!(waiting.physicalId, wanted, ctx())).toEqual({ stable: true });
});

test('a flow log is recorded for a resource that exists', async () => {
  const { create, call, VpcId } = await withVpc();
  const wanted = {
    ResourceId: VpcId,
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogDestinationType: 's3',
    LogDestination: 'arn:aws:s3:::logs',
  };
  const { physicalId } = await create('FlowLog', wanted);
  expect(await call('ec2', 'DescribeFlowLogs', { FlowLogIds: [physicalId] })).toMatchObject({ FlowLogs: [{ ResourceId: VpcId }] });
  await expect(create('FlowLog', { ...wanted, ResourceId: 'vpc-0' })).rejects.toMatchObject({ code: 'InvalidVpcID.NotFound' });
});
