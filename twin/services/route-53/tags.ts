import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { bareId, needHealthCheck, needZone, route53Records } from './records.js';

const keyOf = (ctx: Context, type: string | undefined, id: string | undefined): string => {
  if (type === 'healthcheck') needHealthCheck(ctx, id);
  else needZone(ctx, id);
  return `${type}/${bareId(id)}`;
};
const tagSet = (ctx: Context, type: string | undefined, id: string | undefined): R53.ResourceTagSet => ({
  ResourceType: type as R53.TagResourceType,
  ResourceId: bareId(id),
  Tags: [...(ctx.state(route53Records).tags.get(keyOf(ctx, type, id)) ?? [])].map(([Key, Value]) => ({ Key, Value })),
});

export const tagOperations: Operations<typeof R53> = {
  ChangeTagsForResource: ({ ResourceType, ResourceId, AddTags, RemoveTagKeys }, ctx) => {
    const { tags } = ctx.state(route53Records);
    const key = keyOf(ctx, ResourceType, ResourceId);
    const held = tags.get(key) ?? new Map<string, string>();
    for (const { Key = '', Value = '' } of AddTags ?? []) held.set(Key, Value);
    for (const removed of RemoveTagKeys ?? []) held.delete(removed);
    tags.set(key, held);
    return {};
  },
  ListTagsForResource: ({ ResourceType, ResourceId }, ctx) => ({ ResourceTagSet: tagSet(ctx, ResourceType, ResourceId) }),
};
