import type * as EC2 from '@aws-sdk/client-ec2';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { filtered, nextPage } from './filters.js';
import { ec2Error, network } from './records.js';

export const tagsOf = (ctx: Context, id: string): EC2.Tag[] => network(ctx).tags.get(id) ?? [];

const add = (ctx: Context, id: string, tags: readonly EC2.Tag[]): void => {
  const kept = tagsOf(ctx, id).filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
  network(ctx).tags.set(id, [...kept, ...tags.map(({ Key, Value }) => ({ Key, Value: Value ?? '' }))]);
};

/** Tags a resource as it is made; every specification must be for its type. */
export const tagNew = (
  ctx: Context,
  id: string,
  type: EC2.ResourceType,
  specifications: readonly EC2.TagSpecification[] | undefined,
): void => {
  for (const { ResourceType, Tags = [] } of specifications ?? []) {
    if (ResourceType !== type) {
      throw ec2Error('InvalidParameterValue', `'${ResourceType}' is not a valid taggable resource type for this operation.`);
    }
    add(ctx, id, Tags);
  }
};

const types: Readonly<Record<string, EC2.ResourceType>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  rtb: 'route-table',
  igw: 'internet-gateway',
  nat: 'natgateway',
  eipalloc: 'elastic-ip',
  sg: 'security-group',
  sgr: 'security-group-rule',
  acl: 'network-acl',
  vpce: 'vpc-endpoint',
  eni: 'network-interface',
  fl: 'vpc-flow-log',
};
const typeOf = (id: string): EC2.ResourceType => types[id.slice(0, id.lastIndexOf('-'))] ?? ('unknown' as EC2.ResourceType);

const exists = (ctx: Context, id: string): boolean => {
  const { tags: _tags, byToken: _byToken, ...kinds } = network(ctx);
  return Object.values(kinds).some((records: ReadonlyMap<string, unknown>) => records.has(id));
};
const checkResources = (ctx: Context, ids: readonly string[] | undefined): string[] => {
  for (const id of ids ?? []) if (!exists(ctx, id)) throw ec2Error('InvalidID', `The ID '${id}' is not valid`);
  return [...(ids ?? [])];
};

export const tags = {
  CreateTags: (input, ctx) => {
    for (const id of checkResources(ctx, input.Resources)) add(ctx, id, input.Tags ?? []);
    return {};
  },
  DeleteTags: (input, ctx) => {
    for (const id of checkResources(ctx, input.Resources)) {
      const goes = ({ Key, Value }: EC2.Tag): boolean =>
        input.Tags === undefined || input.Tags.some((tag) => tag.Key === Key && (tag.Value === undefined || tag.Value === Value));
      network(ctx).tags.set(
        id,
        tagsOf(ctx, id).filter((tag) => !goes(tag)),
      );
    }
    return {};
  },
  DescribeTags: (input, ctx) => {
    accept('ec2.DescribeTags', input, ['Filters', 'MaxResults', 'NextToken']);
    const all = [...network(ctx).tags].flatMap(([ResourceId, held]) =>
      held.map((tag) => ({ ResourceId, ResourceType: typeOf(ResourceId), Key: tag.Key, Value: tag.Value })),
    );
    const found = filtered(all, input.Filters, {
      'resource-id': ({ ResourceId }) => ResourceId,
      'resource-type': ({ ResourceType }) => ResourceType,
      key: ({ Key }) => Key,
      value: ({ Value }) => Value,
    });
    const { items, next } = nextPage(found, input);
    return { Tags: items, NextToken: next };
  },
} satisfies Operations<typeof EC2>;
