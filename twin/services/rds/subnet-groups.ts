import type * as RDS from '@aws-sdk/client-rds';
import type { DescribeSubnetsCommandOutput } from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { badMarker, instancesOf, invalidValue, rdsArn, subnetGroupNamed, subnetGroupsOf, tagsOf } from './records.js';

export const subnetGroups = {
  CreateDBSubnetGroup: async (input, ctx) => {
    accept('rds.CreateDBSubnetGroup', input, ['DBSubnetGroupName', 'DBSubnetGroupDescription', 'SubnetIds', 'Tags']);
    const name = (input.DBSubnetGroupName ?? '').toLowerCase();
    if (!/^[a-z0-9 ._-]{1,255}$/.test(name) || name === 'default')
      throw invalidValue(`The parameter DBSubnetGroupName is not a valid identifier.`);
    if (subnetGroupsOf(ctx).has(name))
      throw new AwsError('DBSubnetGroupAlreadyExistsFault', `The DB subnet group '${name}' already exists.`);
    const group = {
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: input.DBSubnetGroupDescription,
      SubnetGroupStatus: 'Complete',
      DBSubnetGroupArn: rdsArn(ctx, 'subgrp', name),
      SupportedNetworkTypes: ['IPV4'],
      ...(await covered(ctx, input.SubnetIds ?? [])),
    };
    subnetGroupsOf(ctx).set(name, group);
    tagsOf(ctx).set(group.DBSubnetGroupArn, input.Tags ?? []);
    return { DBSubnetGroup: structuredClone(group) };
  },

  DescribeDBSubnetGroups: (input, ctx) => {
    const all =
      input.DBSubnetGroupName === undefined ? [...subnetGroupsOf(ctx).values()] : [subnetGroupNamed(ctx, input.DBSubnetGroupName)];
    const { items, next } = page(all, { token: input.Marker, most: input.MaxRecords ?? 100 }, badMarker);
    return { DBSubnetGroups: structuredClone(items), Marker: next };
  },

  ModifyDBSubnetGroup: async (input, ctx) => {
    const group = subnetGroupNamed(ctx, input.DBSubnetGroupName);
    const { VpcId, Subnets } = await covered(ctx, input.SubnetIds ?? []);
    if (VpcId !== group.VpcId) throw new AwsError('InvalidSubnet', 'The new Subnets are not in the same Vpc as the existing subnet group.');
    Object.assign(group, { Subnets, DBSubnetGroupDescription: input.DBSubnetGroupDescription ?? group.DBSubnetGroupDescription });
    return { DBSubnetGroup: structuredClone(group) };
  },

  DeleteDBSubnetGroup: (input, ctx) => {
    const group = subnetGroupNamed(ctx, input.DBSubnetGroupName);
    const user = [...instancesOf(ctx).values()].find(({ view }) => view.DBSubnetGroup?.DBSubnetGroupName === group.DBSubnetGroupName);
    if (user) {
      throw new AwsError(
        'InvalidDBSubnetGroupStateFault',
        `Cannot delete the subnet group '${group.DBSubnetGroupName}' because at least one database instance: ` +
          `${user.view.DBInstanceIdentifier} is still using it.`,
      );
    }
    subnetGroupsOf(ctx).delete(group.DBSubnetGroupName);
    tagsOf(ctx).delete(group.DBSubnetGroupArn!);
    return {};
  },
} satisfies Operations<typeof RDS>;

/** @throws AwsError InvalidSubnet, DBSubnetGroupDoesNotCoverEnoughAZs: one VPC, two zones at least. */
const covered = async (ctx: Context, ids: readonly string[]): Promise<{ VpcId: string; Subnets: RDS.Subnet[] }> => {
  const { Subnets: found = [] } = await ctx
    .onBehalf('rds')
    .call<DescribeSubnetsCommandOutput>('ec2', 'DescribeSubnets', { SubnetIds: ids })
    .catch((error: unknown) => {
      if (error instanceof AwsError) throw new AwsError('InvalidSubnet', `Some input subnets in :[${ids.join(', ')}] are invalid.`);
      throw error;
    });
  const vpcs = new Set(found.map(({ VpcId }) => VpcId!));
  if (vpcs.size !== 1) throw new AwsError('InvalidSubnet', 'Subnets must all be in the same Vpc.');
  const zones = new Set(found.map(({ AvailabilityZone }) => AvailabilityZone!));
  if (zones.size < 2) {
    throw new AwsError(
      'DBSubnetGroupDoesNotCoverEnoughAZs',
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. " +
        `Current AZ coverage: ${[...zones].join(', ')}. Add subnets to cover at least 2 AZs.`,
    );
  }
  const Subnets = found.map(({ SubnetId, AvailabilityZone }) => ({
    SubnetIdentifier: SubnetId,
    SubnetAvailabilityZone: { Name: AvailabilityZone },
    SubnetStatus: 'Active',
  }));
  return { VpcId: [...vpcs][0]!, Subnets };
};
