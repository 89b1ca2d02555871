import type * as KMS from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { aliasesOf, customerManaged, keyNamed, keysOf, makeKey, notPendingDeletion, type KeyRecord } from './records.js';

export const keys = {
  CreateKey: (input, ctx) => {
    accept('kms.CreateKey', input, ['Policy', 'Description', 'Tags', 'KeyUsage', 'KeySpec', 'Origin', 'BypassPolicyLockoutSafetyCheck']);
    const plain = { KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'SYMMETRIC_DEFAULT', Origin: 'AWS_KMS' } as const;
    for (const name of ['KeyUsage', 'KeySpec', 'Origin'] as const) {
      if (input[name] !== undefined && input[name] !== plain[name]) {
        throw new AwsError('NotModelled', `NotModelled: kms.CreateKey with ${name} ${input[name]}: the twin has symmetric keys only`, {
          status: 501,
        });
      }
    }
    if (input.Policy !== undefined) checkPolicy(input.Policy);
    return { KeyMetadata: { ...makeKey(ctx, { policy: input.Policy, description: input.Description, tags: input.Tags }).metadata } };
  },

  DescribeKey: (input, ctx) => ({ KeyMetadata: { ...keyNamed(ctx, input.KeyId).metadata } }),

  ListKeys: (input, ctx) => {
    const all = [...keysOf(ctx).values()].map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn }));
    const { items, next } = page(all, { token: input.Marker, most: input.Limit ?? 100 }, badMarker);
    return { Keys: items, NextMarker: next, Truncated: next !== undefined };
  },

  UpdateKeyDescription: (input, ctx) => {
    change(ctx, input.KeyId).metadata.Description = input.Description;
    return {};
  },

  GetKeyPolicy: (input, ctx) => ({ Policy: keyNamed(ctx, input.KeyId).policy, PolicyName: 'default' }),

  PutKeyPolicy: (input, ctx) => {
    checkPolicy(input.Policy ?? '');
    change(ctx, input.KeyId).policy = input.Policy ?? '';
    return {};
  },

  ListKeyPolicies: (input, ctx) => {
    keyNamed(ctx, input.KeyId);
    return { PolicyNames: ['default'], Truncated: false };
  },

  EnableKeyRotation: (input, ctx) => {
    change(ctx, input.KeyId).rotationPeriodDays = input.RotationPeriodInDays ?? 365;
    return {};
  },

  DisableKeyRotation: (input, ctx) => {
    change(ctx, input.KeyId).rotationPeriodDays = undefined;
    return {};
  },

  GetKeyRotationStatus: (input, ctx) => {
    const { rotationPeriodDays: days, metadata } = keyNamed(ctx, input.KeyId);
    return { KeyId: metadata.Arn, KeyRotationEnabled: days !== undefined, ...(days === undefined ? {} : { RotationPeriodInDays: days }) };
  },

  EnableKey: (input, ctx) => switchTo(change(ctx, input.KeyId), 'Enabled'),
  DisableKey: (input, ctx) => switchTo(change(ctx, input.KeyId), 'Disabled'),

  ScheduleKeyDeletion: (input, ctx) => {
    const key = change(ctx, input.KeyId);
    const days = input.PendingWindowInDays ?? 30;
    if (days < 7 || days > 30) throw new AwsError('ValidationException', `PendingWindowInDays must be between 7 and 30, and is ${days}`);
    const due = new Date(ctx.now() + days * 86_400_000);
    Object.assign(key.metadata, { KeyState: 'PendingDeletion', Enabled: false, DeletionDate: due });
    // An operation of its own: a stack that asked for the deletion is finished long before.
    ctx
      .operation(`kms.delete/${key.metadata.KeyId}`)
      .after(days * 86_400, `delete key ${key.metadata.KeyId}`, (then) => forget(then, key, due));
    return { KeyId: key.metadata.Arn, DeletionDate: due, KeyState: 'PendingDeletion', PendingWindowInDays: days };
  },

  CancelKeyDeletion: (input, ctx) => {
    const key = customerManaged(keyNamed(ctx, input.KeyId));
    if (key.metadata.KeyState !== 'PendingDeletion')
      throw new AwsError('KMSInvalidStateException', `${key.metadata.Arn} is not pending deletion.`);
    switchTo(key, 'Disabled');
    key.metadata.DeletionDate = undefined;
    return { KeyId: key.metadata.Arn };
  },

  TagResource: (input, ctx) => {
    const key = change(ctx, input.KeyId);
    const added = input.Tags ?? [];
    key.tags = [...key.tags.filter((tag) => !added.some(({ TagKey }) => TagKey === tag.TagKey)), ...added];
    return {};
  },
  UntagResource: (input, ctx) => {
    const key = change(ctx, input.KeyId);
    key.tags = key.tags.filter((tag) => !input.TagKeys?.includes(tag.TagKey!));
    return {};
  },
  ListResourceTags: (input, ctx) => ({ Tags: keyNamed(ctx, input.KeyId).tags, Truncated: false }),
} satisfies Operations<typeof KMS>;

const change = (ctx: Context, name: string | undefined): KeyRecord => notPendingDeletion(customerManaged(keyNamed(ctx, name)));

const switchTo = (key: KeyRecord, state: 'Enabled' | 'Disabled'): Record<string, never> => {
  Object.assign(key.metadata, { KeyState: state, Enabled: state === 'Enabled' });
  return {};
};

const forget = (ctx: Context, { metadata }: KeyRecord, due: Date): void => {
  if (metadata.KeyState !== 'PendingDeletion' || metadata.DeletionDate?.getTime() !== due.getTime()) return;
  keysOf(ctx).delete(metadata.KeyId);
  for (const [name, alias] of aliasesOf(ctx)) if (alias.keyId === metadata.KeyId) aliasesOf(ctx).delete(name);
};

const checkPolicy = (policy: string): void => {
  try {
    const statement = (JSON.parse(policy) as { Statement?: unknown }).Statement;
    if (typeof statement === 'object' && statement !== null) return;
  } catch {
    // falls through to the refusal
  }
  throw new AwsError(
    'MalformedPolicyDocumentException',
    'Policy contains a statement with one or more invalid principals or is not valid JSON.',
  );
};

export const badMarker = (): AwsError => new AwsError('InvalidMarkerException', 'The marker is not valid.');
