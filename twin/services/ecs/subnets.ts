import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { invalidParameter } from './records.js';

/**
 * Availability zones of the subnets a task may run in.
 * @throws AwsError InvalidParameterException for subnets that are not given or do not exist.
 */
export const zonesOf = async (network: Ecs.NetworkConfiguration | undefined, ctx: Context): Promise<ReadonlyMap<string, string>> => {
  const subnets = network?.awsvpcConfiguration?.subnets ?? [];
  if (subnets.length === 0) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  const { Subnets = [] } = await ctx
    .onBehalf('ecs')
    .call<{ Subnets?: { SubnetId?: string; AvailabilityZone?: string }[] }>('ec2', 'DescribeSubnets', { SubnetIds: subnets })
    .catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code === 'NotModelled') throw error;
      throw invalidParameter(
        `Error retrieving subnet information for [${subnets.join(', ')}]: ${error.message} (ErrorCode: ${error.code})`,
      );
    });
  return new Map(Subnets.map(({ SubnetId = '', AvailabilityZone = '' }) => [SubnetId, AvailabilityZone]));
};
