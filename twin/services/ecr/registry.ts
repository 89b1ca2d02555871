import type * as ECR from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { imageIn } from './images.js';
import { repositoryNamed } from './records.js';
import { replicationOf } from './replication.js';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
/** ECR user guide, "Private image replication". */
const most = { rules: 10, destinations: 25 };

/** What is of a region's registry, and of no repository alone. */
export const registry = {
  PutReplicationConfiguration: ({ replicationConfiguration }, ctx) => {
    const rules = need(replicationConfiguration?.rules, 'replicationConfiguration', 'InvalidParameterException');
    for (const rule of rules) checkRule(ctx, rule);
    const destinations = new Set(rules.flatMap((rule) => (rule.destinations ?? []).map(({ region }) => region)));
    if (rules.length > most.rules || destinations.size > most.destinations)
      throw invalid(`A replication configuration may have up to ${most.rules} rules and ${most.destinations} destinations`);
    replicationOf(ctx).configuration = { rules };
    return { replicationConfiguration: { rules } };
  },
  DescribeRegistry: (_input, ctx) => ({ registryId: ctx.account, replicationConfiguration: replicationOf(ctx).configuration }),
  DescribeImageReplicationStatus: (input, ctx) => {
    accept('ecr.DescribeImageReplicationStatus', input, ['repositoryName', 'imageId', 'registryId']);
    const imageId = need(input.imageId, 'imageId', 'InvalidParameterException');
    const image = imageIn(repositoryNamed(ctx, input.repositoryName, input.registryId), imageId);
    if (!image)
      throw new AwsError(
        'ImageNotFoundException',
        `The image requested does not exist within the repository with name '${input.repositoryName}' in the registry with id '${ctx.account}'`,
      );
    return { repositoryName: input.repositoryName, imageId, replicationStatuses: [...image.replication.values()] };
  },
} satisfies Operations<typeof ECR>;

const checkRule = (ctx: Context, rule: ECR.ReplicationRule): void => {
  accept('ecr.PutReplicationConfiguration', rule, ['destinations', 'repositoryFilters']);
  for (const { registryId, region } of need(rule.destinations, 'destinations', 'InvalidParameterException')) {
    if (registryId !== ctx.account)
      throw new AwsError('NotModelled', `NotModelled: ecr.PutReplicationConfiguration to another account, ${registryId}`, { status: 501 });
    if (region === ctx.region) throw invalid(`The destination ${region} is the registry's own region`);
  }
  for (const { filterType } of rule.repositoryFilters ?? [])
    if (filterType !== 'PREFIX_MATCH') throw invalid(`Invalid filterType ${filterType}: it can be PREFIX_MATCH`);
};
