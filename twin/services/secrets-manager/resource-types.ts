import type {
  CreateSecretCommandOutput,
  DescribeSecretCommandOutput,
  GetRandomPasswordCommandOutput,
  ReplicaRegionType,
} from '@aws-sdk/client-secrets-manager';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';
import { secretTargetAttachment } from './secret-target-attachment.js';

const readSecret = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::SecretsManager::Secret', properties, [
    'Name',
    'Description',
    'KmsKeyId',
    'SecretString',
    'GenerateSecretString',
    'ReplicaRegions',
    'Tags',
  ]);

const secret: ResourceType = {
  type: 'AWS::SecretsManager::Secret',
  replacedOn: ['Name'],
  holdsData: true,
  create: async (properties, ctx, names) => {
    const read = readSecret(properties);
    const made = await ctx.call<CreateSecretCommandOutput>('secrets-manager', 'CreateSecret', {
      Name: read.text('Name') ?? names.generated(64),
      Description: read.text('Description'),
      KmsKeyId: read.text('KmsKeyId'),
      SecretString: read.text('SecretString') ?? (await generated(ctx, read)),
      Tags: read.tags(),
      AddReplicaRegions: replicasOf(read),
    });
    return { physicalId: made.ARN!, attributes: { Id: made.ARN } };
  },
  update: async (arn, properties, previous, ctx) => {
    const read = readSecret(properties);
    const before = readSecret(previous);
    // A changed generator makes a new value; an unchanged one leaves it alone ("GenerateSecretString" in the resource's page).
    const regenerate = read.json('GenerateSecretString') !== before.json('GenerateSecretString');
    await ctx.call('secrets-manager', 'UpdateSecret', {
      SecretId: arn,
      Description: read.text('Description') ?? '',
      KmsKeyId: read.text('KmsKeyId'),
      SecretString: read.text('SecretString') ?? (regenerate ? await generated(ctx, read) : undefined),
    });
    await changeReplicas(ctx, arn, replicasOf(read), replicasOf(before));
    const tags = read.tags() ?? [];
    const gone = (before.tags() ?? []).filter((old) => !tags.some(({ Key }) => Key === old.Key));
    await ctx.call('secrets-manager', 'UntagResource', { SecretId: arn, TagKeys: gone.map(({ Key }) => Key) });
    await ctx.call('secrets-manager', 'TagResource', { SecretId: arn, Tags: tags });
    return { physicalId: arn, attributes: { Id: arn } };
  },
  delete: async (arn, properties, ctx) => {
    await changeReplicas(ctx, arn, [], replicasOf(readSecret(properties)));
    await ctx.call('secrets-manager', 'DeleteSecret', { SecretId: arn });
  },
  existing: {
    identifiedBy: 'Id',
    read: async (Id, ctx) => {
      const found = await ctx.call<DescribeSecretCommandOutput>('secrets-manager', 'DescribeSecret', { SecretId: Id });
      if (found.ARN !== Id || found.DeletedDate) return undefined;
      return { properties: { Name: found.Name, Description: found.Description }, attributes: { Id } };
    },
  },
};

const replicasOf = (read: TemplateProperties): ReplicaRegionType[] => (read.raw('ReplicaRegions') as ReplicaRegionType[] | undefined) ?? [];

/** A replica whose key changes is made anew: there is no call that changes it. */
const changeReplicas = async (ctx: Context, SecretId: string, wanted: ReplicaRegionType[], before: ReplicaRegionType[]): Promise<void> => {
  const without = (some: ReplicaRegionType[], others: ReplicaRegionType[]): ReplicaRegionType[] =>
    some.filter(({ Region, KmsKeyId }) => !others.some((other) => other.Region === Region && other.KmsKeyId === KmsKeyId));
  const [gone, added] = [without(before, wanted), without(wanted, before)];
  if (gone.length > 0) {
    const RemoveReplicaRegions = gone.map(({ Region }) => Region);
    await ctx.call('secrets-manager', 'RemoveRegionsFromReplication', { SecretId, RemoveReplicaRegions });
  }
  if (added.length > 0) await ctx.call('secrets-manager', 'ReplicateSecretToRegions', { SecretId, AddReplicaRegions: added });
};

/** The value that GenerateSecretString asks for: a password, or a JSON template with the password under a key. */
const generated = async (ctx: Context, read: TemplateProperties): Promise<string | undefined> => {
  const asked = read.raw('GenerateSecretString') as Record<string, unknown> | undefined;
  if (asked === undefined) return undefined;
  const { SecretStringTemplate: template, GenerateStringKey: key, ...password } = asked;
  const how = readProperties('GenerateSecretString', password, Object.keys(password));
  const { RandomPassword } = await ctx.call<GetRandomPasswordCommandOutput>('secrets-manager', 'GetRandomPassword', {
    PasswordLength: how.number('PasswordLength'),
    ExcludeCharacters: how.text('ExcludeCharacters'),
    ExcludeNumbers: how.flag('ExcludeNumbers'),
    ExcludePunctuation: how.flag('ExcludePunctuation'),
    ExcludeUppercase: how.flag('ExcludeUppercase'),
    ExcludeLowercase: how.flag('ExcludeLowercase'),
    IncludeSpace: how.flag('IncludeSpace'),
    RequireEachIncludedType: how.flag('RequireEachIncludedType'),
  });
  if (template === undefined) return RandomPassword;
  return JSON.stringify({ ...(JSON.parse(template as string) as object), [key as string]: RandomPassword });
};

export const resourceTypes: readonly ResourceType[] = [secret, secretTargetAttachment];
