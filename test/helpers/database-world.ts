import type { DBInstance, DBSnapshot } from '@aws-sdk/client-rds';
import { backup } from '../../twin/services/backup/index.js';
import { ec2 } from '../../twin/services/ec2/index.js';
import { iam } from '../../twin/services/iam/index.js';
import { kms } from '../../twin/services/kms/index.js';
import { rds } from '../../twin/services/rds/index.js';
import { secretsManager } from '../../twin/services/secrets-manager/index.js';
import type { ResourceType, Service } from '../../twin/services/service.js';
import { sts } from '../../twin/services/sts/index.js';
import type { Dataplane } from '../../twin/world/dataplane.js';
import { serviceWorld } from './service-world.js';

/** One VPC: two subnets in zone a, one in zone b, an internet gateway, and a security group beside the default one. */
const networkOf = async (call: Call, region: string): Promise<Network> => {
  const { Vpc } = await call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' }, region);
  const vpc = Vpc.VpcId;
  const subnet = async (zone: string, block: number): Promise<string> => {
    const input = { VpcId: vpc, CidrBlock: `10.0.${block}.0/24`, AvailabilityZone: `${region}${zone}` };
    return (await call<{ Subnet: { SubnetId: string } }>('ec2', 'CreateSubnet', input, region)).Subnet.SubnetId;
  };
  const subnets = { a: await subnet('a', 0), a2: await subnet('a', 1), b: await subnet('b', 2) };
  const { InternetGateway } = await call<{ InternetGateway: { InternetGatewayId: string } }>('ec2', 'CreateInternetGateway', {}, region);
  await call('ec2', 'AttachInternetGateway', { VpcId: vpc, InternetGatewayId: InternetGateway.InternetGatewayId }, region);
  const own = await call<{ GroupId: string }>(
    'ec2',
    'CreateSecurityGroup',
    { GroupName: 'database', Description: 'database', VpcId: vpc },
    region,
  );
  const Filters = [
    { Name: 'vpc-id', Values: [vpc] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups } = await call<{ SecurityGroups: { GroupId: string }[] }>('ec2', 'DescribeSecurityGroups', { Filters }, region);
  return { subnets, securityGroup: own.GroupId, defaultSecurityGroup: SecurityGroups[0]!.GroupId };
};
type Call = ReturnType<typeof serviceWorld>['call'];
interface Network {
  readonly subnets: { readonly a: string; readonly a2: string; readonly b: string };
  readonly securityGroup: string;
  readonly defaultSecurityGroup: string;
}

export const role = 'arn:aws:iam::111122223333:role/backup';
const trust = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** A world in which databases can be made, backed up and restored, with a subnet group in the primary's and the alternate's region. */
export const databaseWorld = async (over?: Dataplane, more: readonly Service[] = []) => {
  const world = serviceWorld([rds, kms, backup, secretsManager, sts, iam, ec2, ...more], over && { over });
  const { call, pass } = world;
  await call('iam', 'CreateRole', { RoleName: 'backup', AssumeRolePolicyDocument: trust });
  const networks = { 'eu-west-1': await networkOf(call, 'eu-west-1'), 'eu-central-1': await networkOf(call, 'eu-central-1') };
  for (const [region, { subnets }] of Object.entries(networks)) {
    const SubnetIds = [subnets.a, subnets.b];
    await call('rds', 'CreateDBSubnetGroup', { DBSubnetGroupName: 'private', DBSubnetGroupDescription: 'two zones', SubnetIds }, region);
  }
  const instance = async (id: string, region?: string): Promise<DBInstance> =>
    (await call<{ DBInstances: DBInstance[] }>('rds', 'DescribeDBInstances', { DBInstanceIdentifier: id }, region)).DBInstances[0]!;
  return {
    ...world,
    networks,
    instance,
    status: async (id: string, region?: string) => (await instance(id, region)).DBInstanceStatus,
    order: (id: string, more: object = {}) => ({
      DBInstanceIdentifier: id,
      Engine: 'postgres',
      DBInstanceClass: 'db.t4g.medium',
      AllocatedStorage: 20,
      MasterUsername: 'owner',
      MasterUserPassword: 'first-password',
      DBSubnetGroupName: 'private',
      PubliclyAccessible: false,
      BackupRetentionPeriod: 0,
      ...more,
    }),
    /** Made and available. */
    async database(id: string, more: object = {}): Promise<DBInstance> {
      await call('rds', 'CreateDBInstance', this.order(id, more));
      await pass(1200);
      return instance(id);
    },
    password: (region: string, resourceId: string) => world.dataplane.databaseNames.get(`111122223333/${region}/${resourceId}`)?.password,
    type: (name: string): ResourceType =>
      [rds, kms, backup, secretsManager].flatMap(({ resourceTypes }) => resourceTypes ?? []).find(({ type }) => type === name)!,
    names: { stackName: 'Stack', stackId: 'stack-id', logicalId: 'Thing', generated: () => 'Stack-Thing-1A2B3C' },
  };
};

export type DatabaseWorld = Awaited<ReturnType<typeof databaseWorld>>;

/** The statuses an instance shows while time passes, each once. */
export const statuses = async (world: DatabaseWorld, id: string, seconds: number, region?: string): Promise<(string | undefined)[]> => {
  const seen: (string | undefined)[] = [];
  for (let passed = 0; passed < seconds; passed += 3) {
    const now = await world.status(id, region);
    if (seen.at(-1) !== now) seen.push(now);
    await world.pass(3);
  }
  return seen;
};

export const snapshotOf = async ({ call }: DatabaseWorld, id: string, region?: string): Promise<DBSnapshot> =>
  (await call<{ DBSnapshots: DBSnapshot[] }>('rds', 'DescribeDBSnapshots', { DBSnapshotIdentifier: id }, region)).DBSnapshots[0]!;
