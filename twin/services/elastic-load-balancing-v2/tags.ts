import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operations } from '../service.js';
import type { Context } from '../../world/context.js';
import { elbRecords, needListener, needLoadBalancer, needTargetGroup } from './records.js';

export const setTags = (ctx: Context, arn: string, tags: readonly Elb.Tag[] | undefined): void => {
  const all = ctx.state(elbRecords).tags;
  const held = all.get(arn) ?? new Map<string, string>();
  for (const { Key, Value } of tags ?? []) held.set(Key ?? '', Value ?? '');
  all.set(arn, held);
};

const needResource = (ctx: Context, arn: string): void => {
  if (arn.includes(':targetgroup/')) needTargetGroup(ctx, arn);
  else if (arn.includes(':listener/')) needListener(ctx, arn);
  else needLoadBalancer(ctx, arn);
};

export const tagOperations: Operations<typeof Elb> = {
  AddTags: ({ ResourceArns, Tags }, ctx) => {
    for (const arn of ResourceArns ?? []) needResource(ctx, arn);
    for (const arn of ResourceArns ?? []) setTags(ctx, arn, Tags);
    return {};
  },
  RemoveTags: ({ ResourceArns, TagKeys }, ctx) => {
    for (const arn of ResourceArns ?? []) needResource(ctx, arn);
    for (const arn of ResourceArns ?? []) for (const key of TagKeys ?? []) ctx.state(elbRecords).tags.get(arn)?.delete(key);
    return {};
  },
  DescribeTags: ({ ResourceArns }, ctx) => ({
    TagDescriptions: (ResourceArns ?? []).map((arn) => {
      needResource(ctx, arn);
      const tags = ctx.state(elbRecords).tags.get(arn) ?? new Map<string, string>();
      return { ResourceArn: arn, Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    }),
  }),
};
