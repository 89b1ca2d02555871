import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { ecsRecords, invalidParameter } from './records.js';

export const setTags = (ctx: Context, arn: string, tags: readonly Ecs.Tag[] | undefined): void => {
  const all = ctx.state(ecsRecords).tags;
  const held = all.get(arn) ?? new Map<string, string>();
  for (const { key, value } of tags ?? []) held.set(key ?? '', value ?? '');
  all.set(arn, held);
};

export const tagsOf = (ctx: Context, arn: string): Ecs.Tag[] =>
  [...(ctx.state(ecsRecords).tags.get(arn) ?? [])].map(([key, value]) => ({ key, value }));

const needResource = (ctx: Context, arn: string | undefined): string => {
  const { clusters, services, tasks, taskDefinitions } = ctx.state(ecsRecords);
  if (![clusters, services, tasks, taskDefinitions].some((records) => records.has(arn ?? ''))) {
    throw invalidParameter('The specified resource could not be found.');
  }
  return arn!;
};

export const tagOperations: Operations<typeof Ecs> = {
  TagResource: ({ resourceArn, tags }, ctx) => {
    setTags(ctx, needResource(ctx, resourceArn), tags);
    return {};
  },
  UntagResource: ({ resourceArn, tagKeys }, ctx) => {
    const held = ctx.state(ecsRecords).tags.get(needResource(ctx, resourceArn));
    for (const key of tagKeys ?? []) held?.delete(key);
    return {};
  },
  ListTagsForResource: ({ resourceArn }, ctx) => ({ tags: tagsOf(ctx, needResource(ctx, resourceArn)) }),
};
