import type { GetParameterCommandOutput } from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';

const read = (properties: ResourceProperties): Record<string, string | undefined> & { tags: { Key: string; Value: string }[] } => {
  acceptProperties('AWS::SSM::Parameter', properties, [
    'Name',
    'Type',
    'Value',
    'Description',
    'AllowedPattern',
    'Tier',
    'DataType',
    'Tags',
  ]);
  if (properties.Type !== 'String' && properties.Type !== 'StringList') {
    throw new AwsError('ValidationError', `AWS::SSM::Parameter does not support the type ${String(properties.Type)}`, { status: 400 });
  }
  const { Tags, ...others } = properties;
  // Unlike the API, CloudFormation's Tags of a parameter are a map.
  const tags = Object.entries((Tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
  return { ...(others as Record<string, string>), tags } as never;
};
const attributesOf = (properties: ResourceProperties) => ({ Type: properties.Type, Value: properties.Value });

const removeTags = async (ctx: Context, ResourceId: string, keys: string[]): Promise<void> => {
  if (keys.length > 0) await ctx.call('ssm', 'RemoveTagsFromResource', { ResourceType: 'Parameter', ResourceId, TagKeys: keys });
};

/** CloudFormation types that SSM backs; SecureString cannot be made by CloudFormation in AWS either. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SSM::Parameter',
    replacedOn: ['Name'],
    create: async (properties, ctx, names) => {
      const { tags, ...wanted } = read(properties);
      const Name = wanted.Name ?? names.generated(1011);
      await ctx.call('ssm', 'PutParameter', { ...wanted, Name, Tags: tags });
      return { physicalId: Name, attributes: attributesOf(properties) };
    },
    update: async (Name, properties, previous, ctx) => {
      const { tags, ...wanted } = read(properties);
      await ctx.call('ssm', 'PutParameter', { ...wanted, Name, Overwrite: true });
      const before = read(previous).tags.map(({ Key }) => Key);
      await removeTags(
        ctx,
        Name,
        before.filter((key) => !tags.some(({ Key }) => Key === key)),
      );
      if (tags.length > 0) await ctx.call('ssm', 'AddTagsToResource', { ResourceType: 'Parameter', ResourceId: Name, Tags: tags });
      return { physicalId: Name, attributes: attributesOf(properties) };
    },
    delete: async (Name, _properties, ctx) => {
      await ctx.call('ssm', 'DeleteParameters', { Names: [Name] });
    },
    existing: {
      identifiedBy: 'Name',
      read: async (Name, ctx) => {
        const { Parameter } = await ctx.call<GetParameterCommandOutput>('ssm', 'GetParameter', { Name });
        const properties = { Name, Type: Parameter!.Type, Value: Parameter!.Value };
        return { properties, attributes: attributesOf(properties) };
      },
    },
  },
];
