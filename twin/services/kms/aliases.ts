import type * as KMS from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { badMarker } from './keys.js';
import { aliasArn, aliasesOf, keyNamed, notFound, notPendingDeletion, type AliasRecord } from './records.js';

export const aliases = {
  CreateAlias: (input, ctx) => {
    const name = input.AliasName ?? '';
    if (!/^alias\/[\w/-]+$/.test(name) || name.length > 256)
      throw new AwsError('InvalidAliasNameException', `${name} is not a valid alias name`);
    if (name.startsWith('alias/aws/'))
      throw new AwsError('NotAuthorizedException', 'The alias prefix alias/aws/ is reserved for AWS managed keys');
    if (aliasesOf(ctx).has(name))
      throw new AwsError('AlreadyExistsException', `An alias with the name ${aliasArn(ctx, name)} already exists`);
    const key = notPendingDeletion(keyNamed(ctx, input.TargetKeyId));
    aliasesOf(ctx).set(name, { name, keyId: key.metadata.KeyId, created: ctx.date(), updated: ctx.date() });
    return {};
  },

  UpdateAlias: (input, ctx) => {
    const alias = own(ctx, input.AliasName);
    alias.keyId = notPendingDeletion(keyNamed(ctx, input.TargetKeyId)).metadata.KeyId;
    alias.updated = ctx.date();
    return {};
  },

  DeleteAlias: (input, ctx) => {
    aliasesOf(ctx).delete(own(ctx, input.AliasName).name);
    return {};
  },

  ListAliases: (input, ctx) => {
    const of = input.KeyId === undefined ? undefined : keyNamed(ctx, input.KeyId).metadata.KeyId;
    const all = [...aliasesOf(ctx).values()].filter(({ keyId }) => of === undefined || keyId === of);
    const { items, next } = page(all, { token: input.Marker, most: input.Limit ?? 50 }, badMarker);
    return {
      Aliases: items.map(({ name, keyId, created, updated }) => ({
        AliasName: name,
        AliasArn: aliasArn(ctx, name),
        TargetKeyId: keyId,
        CreationDate: created,
        LastUpdatedDate: updated,
      })),
      NextMarker: next,
      Truncated: next !== undefined,
    };
  },
} satisfies Operations<typeof KMS>;

const own = (ctx: Context, name: string | undefined): AliasRecord => {
  const alias = aliasesOf(ctx).get(name ?? '');
  if (!alias || alias.name.startsWith('alias/aws/')) throw notFound(`Alias ${aliasArn(ctx, name ?? '')} is not found.`);
  return alias;
};
