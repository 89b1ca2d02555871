import type * as Backup from '@aws-sdk/client-backup';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { notFound, tagsOf } from './records.js';

export const tags = {
  ListTags: (input, ctx) => ({ Tags: { ...tagged(ctx, input.ResourceArn) } }),
  TagResource: (input, ctx) => {
    Object.assign(tagged(ctx, input.ResourceArn), input.Tags);
    return {};
  },
  UntagResource: (input, ctx) => {
    const held = tagged(ctx, input.ResourceArn);
    for (const key of input.TagKeyList ?? []) delete held[key];
    return {};
  },
} satisfies Operations<typeof Backup>;

/** Every vault, plan and recovery point has an entry, empty or not. */
const tagged = (ctx: Context, arn: string | undefined): Record<string, string> => {
  const held = tagsOf(ctx).get(arn ?? '');
  if (!held) throw notFound(`Resource ${arn} does not exist.`);
  return held;
};
