import type { CreateKeyCommandOutput, DescribeKeyCommandOutput, Tag } from '@aws-sdk/client-kms';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';

const readKey = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::KMS::Key', properties, [
    'KeyPolicy',
    'Description',
    'EnableKeyRotation',
    'RotationPeriodInDays',
    'Enabled',
    'PendingWindowInDays',
    'Tags',
    'KeySpec',
    'KeyUsage',
    'Origin',
    'BypassPolicyLockoutSafetyCheck',
  ]);
const tagsOf = (read: TemplateProperties): Tag[] => (read.tags() ?? []).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

const setRotationAndState = async (ctx: Context, id: string, read: TemplateProperties): Promise<void> => {
  await (read.flag('EnableKeyRotation')
    ? ctx.call('kms', 'EnableKeyRotation', { KeyId: id, RotationPeriodInDays: read.number('RotationPeriodInDays') })
    : ctx.call('kms', 'DisableKeyRotation', { KeyId: id }));
  await ctx.call('kms', (read.flag('Enabled') ?? true) ? 'EnableKey' : 'DisableKey', { KeyId: id });
};

const key: ResourceType = {
  type: 'AWS::KMS::Key',
  replacedOn: ['KeySpec', 'KeyUsage', 'Origin'],
  // What was encrypted with a key is lost with it.
  holdsData: true,
  create: async (properties, ctx) => {
    const read = readKey(properties);
    const { KeyMetadata: made } = await ctx.call<CreateKeyCommandOutput>('kms', 'CreateKey', {
      Policy: read.json('KeyPolicy'),
      Description: read.text('Description'),
      KeySpec: read.text('KeySpec'),
      KeyUsage: read.text('KeyUsage'),
      Origin: read.text('Origin'),
      Tags: tagsOf(read),
    });
    await setRotationAndState(ctx, made!.KeyId!, read);
    return { physicalId: made!.KeyId!, attributes: { Arn: made!.Arn, KeyId: made!.KeyId } };
  },
  update: async (id, properties, previous, ctx) => {
    const read = readKey(properties);
    const policy = read.json('KeyPolicy');
    if (policy !== undefined) await ctx.call('kms', 'PutKeyPolicy', { KeyId: id, Policy: policy });
    await ctx.call('kms', 'UpdateKeyDescription', { KeyId: id, Description: read.text('Description') ?? '' });
    const tags = tagsOf(read);
    const gone = tagsOf(readKey(previous)).filter((old) => !tags.some(({ TagKey }) => TagKey === old.TagKey));
    await ctx.call('kms', 'UntagResource', { KeyId: id, TagKeys: gone.map(({ TagKey }) => TagKey) });
    await ctx.call('kms', 'TagResource', { KeyId: id, Tags: tags });
    await setRotationAndState(ctx, id, read);
    const { KeyMetadata: now } = await ctx.call<DescribeKeyCommandOutput>('kms', 'DescribeKey', { KeyId: id });
    return { physicalId: id, attributes: { Arn: now!.Arn, KeyId: id } };
  },
  delete: async (id, properties, ctx) => {
    const days = readKey(properties).number('PendingWindowInDays');
    await ctx.call('kms', 'ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays: days });
  },
  existing: {
    identifiedBy: 'KeyId',
    read: async (id, ctx) => {
      const { KeyMetadata: found } = await ctx.call<DescribeKeyCommandOutput>('kms', 'DescribeKey', { KeyId: id });
      if (found!.KeyId !== id) return undefined;
      const { Description, Enabled, KeySpec, KeyUsage } = found!;
      return { properties: { Description, Enabled, KeySpec, KeyUsage }, attributes: { Arn: found!.Arn, KeyId: id } };
    },
  },
};

const readAlias = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::KMS::Alias', properties, ['AliasName', 'TargetKeyId']);

const alias: ResourceType = {
  type: 'AWS::KMS::Alias',
  replacedOn: ['AliasName'],
  create: async (properties, ctx) => {
    const read = readAlias(properties);
    await ctx.call('kms', 'CreateAlias', { AliasName: read.text('AliasName'), TargetKeyId: read.text('TargetKeyId') });
    return { physicalId: read.text('AliasName')! };
  },
  update: async (name, properties, _previous, ctx) => {
    await ctx.call('kms', 'UpdateAlias', { AliasName: name, TargetKeyId: readAlias(properties).text('TargetKeyId') });
    return { physicalId: name };
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('kms', 'DeleteAlias', { AliasName: name });
  },
};

export const resourceTypes: readonly ResourceType[] = [key, alias];
