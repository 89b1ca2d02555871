import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type * as Ecs from '@aws-sdk/client-ecs';
import { cloudWatchLogs } from '../../../twin/services/cloudwatch-logs/index.js';
import { ec2 } from '../../../twin/services/ec2/index.js';
import { ecr } from '../../../twin/services/ecr/index.js';
import { ecs } from '../../../twin/services/ecs/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

/** A VPC with one subnet, and a task that needs its image and a log stream. */
let world: ReturnType<typeof serviceWorld>;
const network = <Output>(operation: string, input: object) => world.call<Output>('ec2', operation, input);
const manifest = '{"schemaVersion":2}';
const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:${createHash('sha256').update(manifest).digest('hex')}`;
let vpc: string;
let subnet: string;
let table: string;
let web: string;
let doors: string;

beforeEach(async () => {
  world = serviceWorld([cloudWatchLogs, ec2, ecr, ecs]);
  await world.call('ecr', 'CreateRepository', { repositoryName: 'web' });
  await world.call('ecr', 'PutImage', { repositoryName: 'web', imageManifest: manifest });
  await world.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName: '/web' });
  ({
    Vpc: { VpcId: vpc },
  } = await network<{ Vpc: { VpcId: string } }>('CreateVpc', { CidrBlock: '10.0.0.0/16' }));
  for (const Attribute of ['EnableDnsSupport', 'EnableDnsHostnames'])
    await network('ModifyVpcAttribute', { VpcId: vpc, [Attribute]: { Value: true } });
  const made = await network<{ Subnet: { SubnetId: string } }>('CreateSubnet', { VpcId: vpc, CidrBlock: '10.0.1.0/24' });
  subnet = made.Subnet.SubnetId;
  const tables = await network<{ RouteTables: { RouteTableId: string }[] }>('DescribeRouteTables', {
    Filters: [{ Name: 'vpc-id', Values: [vpc] }],
  });
  table = tables.RouteTables[0]!.RouteTableId;
  web = await group('web');
  doors = await group('endpoints');
});
const group = async (GroupName: string): Promise<string> =>
  (await network<{ GroupId: string }>('CreateSecurityGroup', { GroupName, Description: GroupName, VpcId: vpc })).GroupId;
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const admit = (from: string) =>
  network('AuthorizeSecurityGroupIngress', { GroupId: doors, IpPermissions: [{ ...https, UserIdGroupPairs: [{ GroupId: from }] }] });
const endpoint = (service: string, more: object = {}) =>
  network('CreateVpcEndpoint', {
    ...{ VpcId: vpc, ServiceName: `com.amazonaws.eu-west-1.${service}`, VpcEndpointType: 'Interface', SubnetIds: [subnet] },
    ...{ SecurityGroupIds: [doors], PrivateDnsEnabled: true },
    ...more,
  });
const endpoints = async (services = ['ecr.api', 'ecr.dkr', 'logs'], more: object = {}): Promise<void> => {
  for (const service of services) await endpoint(service, more);
  await network('CreateVpcEndpoint', {
    VpcId: vpc,
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    VpcEndpointType: 'Gateway',
    RouteTableIds: [table],
  });
  await world.pass(600);
};
const attachInternet = async (): Promise<string> => {
  const { InternetGateway } = await network<{ InternetGateway: { InternetGatewayId: string } }>('CreateInternetGateway', {});
  await network('AttachInternetGateway', { VpcId: vpc, InternetGatewayId: InternetGateway.InternetGatewayId });
  await network('CreateRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGateway.InternetGatewayId });
  return InternetGateway.InternetGatewayId;
};

/** Why a task there stopped; undefined when it runs. */
const stopped = async (assignPublicIp: Ecs.AssignPublicIp = 'DISABLED'): Promise<string | undefined> => {
  const call = <Output>(operation: string, input: object) => world.call<Output>('ecs', operation, input);
  await call('CreateCluster', { clusterName: 'site' });
  const options = { 'awslogs-group': '/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' };
  await call('RegisterTaskDefinition', {
    ...{ family: 'web', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
    containerDefinitions: [{ name: 'web', image, logConfiguration: { logDriver: 'awslogs', options } }],
  });
  const awsvpcConfiguration = { subnets: [subnet], securityGroups: [web], assignPublicIp };
  const run = { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration } };
  const { tasks } = await call<Ecs.RunTaskResponse>('RunTask', run);
  await world.pass(300);
  const { tasks: now } = await call<Ecs.DescribeTasksResponse>('DescribeTasks', { cluster: 'site', tasks: [tasks![0]!.taskArn] });
  return now![0]!.lastStatus === 'RUNNING' ? undefined : now![0]!.stoppedReason;
};

describe('a task without a public address', () => {
  test('starts by endpoints of all that it needs, whose group admits its own', async () => {
    await admit(web);
    await endpoints();
    expect(await stopped()).toBeUndefined();
  });

  test.each([['ecr.api'], ['ecr.dkr'], ['logs']])('does not start without an endpoint of %s, and says so', async (missing) => {
    await admit(web);
    await endpoints(['ecr.api', 'ecr.dkr', 'logs'].filter((service) => service !== missing));
    expect(await stopped()).toContain(`There is a connection issue between the task and ${missing} of eu-west-1`);
  });

  test('does not start where the endpoints admit somebody else', async () => {
    await admit(doors);
    await endpoints();
    expect(await stopped()).toContain('the task and ecr.api');
    await admit(web);
    expect(await stopped()).toBeUndefined();
  });

  test('does not start where the endpoints have no private name', async () => {
    await admit(web);
    await endpoints(undefined, { PrivateDnsEnabled: false });
    expect(await stopped()).toContain('the task and ecr.api');
  });

  test('does not start by an internet gateway alone, with a public address it does', async () => {
    await attachInternet();
    expect(await stopped()).toContain('ResourceInitializationError');
    expect(await stopped('ENABLED')).toBeUndefined();
  });

  test('starts by a NAT gateway', async () => {
    await attachInternet();
    const { AllocationId } = await network<{ AllocationId: string }>('AllocateAddress', { Domain: 'vpc' });
    const { NatGateway } = await network<{ NatGateway: { NatGatewayId: string } }>('CreateNatGateway', { SubnetId: subnet, AllocationId });
    await world.pass(600);
    await network('DeleteRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0' });
    await network('CreateRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: NatGateway.NatGatewayId });
    expect(await stopped()).toBeUndefined();
  });
});

describe('an interface endpoint of another region', () => {
  test('is had of S3 and refused of what has none', async () => {
    const of = (service: string) => endpoint(service, { ServiceName: `com.amazonaws.eu-west-3.${service}`, ServiceRegion: 'eu-west-3' });
    expect(await of('s3')).toMatchObject({ VpcEndpoint: { ServiceName: 'com.amazonaws.eu-west-3.s3', ServiceRegion: 'eu-west-3' } });
    await expect(of('logs')).rejects.toMatchObject({ code: 'InvalidServiceName' });
    await expect(endpoint('s3', { ServiceName: 'com.amazonaws.eu-west-3.s3' })).rejects.toMatchObject({ code: 'InvalidServiceName' });
  });
});
