import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import type { ClusterRecord } from './records.js';

/** As DescribeCluster and CloudFormation show it. */
export interface ClusterEndpoint {
  readonly Endpoint: string;
  readonly Region: string;
}

/** Where every cluster has its endpoints (ARC developer guide, examples of DescribeCluster). */
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-2'];
/** ARC promises three of the five at any time; with fewer, nobody knows what the others were told. */
const quorum = 3;

export const freshEndpoints = (ctx: Context): ClusterEndpoint[] =>
  regions.map((Region) => ({
    Region,
    Endpoint: `https://${freshId(ctx, 'route53-recovery-endpoint', 8)}.route53-recovery-cluster.${Region}.amazonaws.com/v1`,
  }));

/**
 * Refuses for an endpoint that is not this cluster's, or that cannot agree with the others.
 * @throws AwsError EndpointTemporarilyUnavailableException without a quorum of regions; ValidationException (ours: on AWS there is no such host).
 */
export const mustAnswer = ({ arn, endpoints }: ClusterRecord, ctx: Context): void => {
  if (!endpoints.some(({ Region }) => Region === ctx.region))
    throw new AwsError('ValidationException', `The cluster ${arn} has no endpoint in ${ctx.region}`, { fields: { reason: 'other' } });
  const there = endpoints.filter(({ Region }) => !ctx.regionIsLost(Region));
  if (there.length < quorum)
    throw new AwsError('EndpointTemporarilyUnavailableException', `The endpoint in ${ctx.region} is temporarily unavailable`);
};
