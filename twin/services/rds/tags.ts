import type * as RDS from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { parameterGroupNamed } from './parameter-groups.js';
import { instanceNamed, invalidValue, snapshotNamed, subnetGroupNamed, tagsOf } from './records.js';

export const tags = {
  AddTagsToResource: (input, ctx) => {
    const arn = existing(ctx, input.ResourceName);
    const added = input.Tags ?? [];
    const held = tagsOf(ctx).get(arn) ?? [];
    tagsOf(ctx).set(arn, [...held.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added]);
    return {};
  },
  RemoveTagsFromResource: (input, ctx) => {
    const arn = existing(ctx, input.ResourceName);
    tagsOf(ctx).set(
      arn,
      (tagsOf(ctx).get(arn) ?? []).filter(({ Key }) => !input.TagKeys?.includes(Key!)),
    );
    return {};
  },
  ListTagsForResource: (input, ctx) => ({ TagList: tagsOf(ctx).get(existing(ctx, input.ResourceName)) ?? [] }),
} satisfies Operations<typeof RDS>;

/** @throws AwsError when nothing has this ARN here. */
const existing = (ctx: Context, arn: string | undefined): string => {
  const [, , service, region, , kind] = (arn ?? '').split(':');
  const find = { db: instanceNamed, snapshot: snapshotNamed, subgrp: subnetGroupNamed, pg: parameterGroupNamed }[kind ?? ''];
  if (service !== 'rds' || region !== ctx.region || !find) throw invalidValue(`Invalid resource name: ${arn}`);
  find(ctx, arn);
  return arn!;
};
