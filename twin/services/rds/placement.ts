import type {
  DescribeInternetGatewaysCommandOutput,
  DescribeSecurityGroupsCommandOutput,
  DescribeSubnetsCommandOutput,
  DescribeVpcsCommandOutput,
} from '@aws-sdk/client-ec2';
import type { DBSubnetGroup, VpcSecurityGroupMembership } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { invalidCombination, invalidValue, rdsArn, subnetGroupNamed } from './records.js';

export interface Placement {
  readonly DBSubnetGroup: DBSubnetGroup;
  readonly VpcSecurityGroups: VpcSecurityGroupMembership[];
  readonly AvailabilityZone: string;
  readonly SecondaryAvailabilityZone?: string;
  readonly PubliclyAccessible: boolean;
  readonly MultiAZ: boolean;
}
interface Asked {
  readonly DBSubnetGroupName?: string;
  readonly VpcSecurityGroupIds?: readonly string[];
  readonly AvailabilityZone?: string;
  readonly MultiAZ?: boolean;
  readonly PubliclyAccessible?: boolean;
}

/**
 * Where an instance goes. What is not said is the default VPC, its default security group, one zone, and public where the
 * VPC has an internet gateway (RDS API reference, CreateDBInstance, "PubliclyAccessible").
 */
export const place = async (ctx: Context, asked: Asked): Promise<Placement> => {
  const multi = asked.MultiAZ ?? false;
  if (multi && asked.AvailabilityZone !== undefined) {
    throw invalidCombination('Requesting a specific availability zone is not valid for Multi-AZ instances.');
  }
  const group =
    asked.DBSubnetGroupName === undefined ? await defaultSubnetGroup(ctx) : structuredClone(subnetGroupNamed(ctx, asked.DBSubnetGroupName));
  const zones = [...new Set((group.Subnets ?? []).map(({ SubnetAvailabilityZone }) => SubnetAvailabilityZone!.Name!))].sort();
  const zone = asked.AvailabilityZone ?? zones[ctx.chance.stream(`rds.zone/${ctx.now()}`).whole(0, zones.length - 1)]!;
  if (!zones.includes(zone)) {
    throw new AwsError('InvalidVPCNetworkStateFault', `The DB subnet group doesn't cover the Availability Zone ${zone}.`);
  }
  return {
    DBSubnetGroup: group,
    VpcSecurityGroups: await securityGroups(ctx, group.VpcId!, asked.VpcSecurityGroupIds),
    AvailabilityZone: zone,
    ...(multi ? { SecondaryAvailabilityZone: zones.find((other) => other !== zone) } : {}),
    PubliclyAccessible: asked.PubliclyAccessible ?? (await hasInternetGateway(ctx, group.VpcId!)),
    MultiAZ: multi,
  };
};

/** The memberships of the groups asked for, or of the VPC's default group. */
export const securityGroups = async (
  ctx: Context,
  vpc: string,
  ids: readonly string[] | undefined,
): Promise<VpcSecurityGroupMembership[]> => {
  const filter = {
    Filters: [
      { Name: 'vpc-id', Values: [vpc] },
      { Name: 'group-name', Values: ['default'] },
    ],
  };
  const asked = ids !== undefined && ids.length > 0 ? { GroupIds: ids } : filter;
  const { SecurityGroups: found = [] } = await ec2<DescribeSecurityGroupsCommandOutput>(ctx, 'DescribeSecurityGroups', asked).catch(
    (error: unknown) => {
      if (error instanceof AwsError) throw invalidValue(`Invalid security group , groupId= ${ids?.join(', ')}, groupName=.`);
      throw error;
    },
  );
  const stranger = found.find(({ VpcId }) => VpcId !== vpc);
  if (stranger) {
    throw invalidCombination(
      `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpc} and the EC2 security group is in ${stranger.VpcId}`,
    );
  }
  return found.map(({ GroupId }) => ({ VpcSecurityGroupId: GroupId, Status: 'active' }));
};

const ec2 = <Output>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx.onBehalf('rds').call<Output>('ec2', operation, input);

const defaultSubnetGroup = async (ctx: Context): Promise<DBSubnetGroup> => {
  const { Vpcs } = await ec2<DescribeVpcsCommandOutput>(ctx, 'DescribeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] });
  const vpc = Vpcs?.[0]?.VpcId;
  if (vpc === undefined)
    throw new AwsError('InvalidSubnet', 'No default subnet detected in VPC. Please contact AWS Support to recreate default Subnets.');
  const { Subnets = [] } = await ec2<DescribeSubnetsCommandOutput>(ctx, 'DescribeSubnets', {
    Filters: [{ Name: 'vpc-id', Values: [vpc] }],
  });
  return {
    DBSubnetGroupName: 'default',
    DBSubnetGroupDescription: 'default',
    VpcId: vpc,
    SubnetGroupStatus: 'Complete',
    DBSubnetGroupArn: rdsArn(ctx, 'subgrp', 'default'),
    Subnets: Subnets.map(({ SubnetId, AvailabilityZone }) => ({
      SubnetIdentifier: SubnetId,
      SubnetAvailabilityZone: { Name: AvailabilityZone },
      SubnetStatus: 'Active',
    })),
  };
};

const hasInternetGateway = async (ctx: Context, vpc: string): Promise<boolean> => {
  const { InternetGateways = [] } = await ec2<DescribeInternetGatewaysCommandOutput>(ctx, 'DescribeInternetGateways', {
    Filters: [{ Name: 'attachment.vpc-id', Values: [vpc] }],
  });
  return InternetGateways.length > 0;
};
