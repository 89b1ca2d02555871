import type * as SSM from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { latest, parametersOf, plainName, selected, type ParameterVersion } from './records.js';
import { encrypted } from './secure-strings.js';

const checkName = (name: string): void => {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw invalid('Only a mix of letters, numbers and the following 4 symbols .-_/ are allowed.');
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw /^\/aws/i.test(name)
      ? new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`, { status: 400 })
      : invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw invalid('Parameter name must be a fully qualified name: it must begin with "/" when it contains one.');
  }
  if (name.split('/').length > 16)
    throw new AwsError('HierarchyLevelLimitExceededException', 'A hierarchy can have a maximum of 15 levels.');
};
const invalid = (message: string): AwsError => new AwsError('ValidationException', message, { status: 400 });

const checkValue = (value: string, tier: string, pattern: string | undefined): void => {
  const most = tier === 'Advanced' ? 8192 : 4096;
  if (Buffer.byteLength(value) > most) {
    throw invalid(`${tier} tier parameters support a maximum parameter value of ${most} characters.`);
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
    throw new AwsError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${pattern}`);
  }
};

export const writeParameters = {
  PutParameter: async (input, ctx) => {
    accept('ssm.PutParameter', input, [
      'Name',
      'Value',
      'Type',
      'Description',
      'KeyId',
      'Overwrite',
      'AllowedPattern',
      'Tags',
      'Tier',
      'DataType',
    ]);
    const name = plainName(ctx, need(input.Name, 'Name'));
    if (input.Value === '') {
      throw invalid(
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
      );
    }
    const value = need(input.Value, 'Value');
    checkName(name);
    const held = parametersOf(ctx).get(name);
    if (held && !input.Overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (held && input.Tags?.length) throw invalid("Invalid request: tags and overwrite can't be used together.");
    const before = held && latest(held);
    const type = input.Type ?? before?.type;
    if (type === undefined) throw invalid('A parameter type is required when you create a parameter.');
    const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
    const tier = tierOf(input.Tier ?? before?.tier ?? 'Standard', value);
    checkValue(value, tier, allowedPattern);
    if ((input.DataType ?? 'text') !== 'text') {
      throw new AwsError('NotModelled', `NotModelled: ssm.PutParameter with DataType ${input.DataType}`, { status: 501 });
    }
    const keyId = type === 'SecureString' ? (input.KeyId ?? before?.keyId ?? 'alias/aws/ssm') : undefined;
    const version: ParameterVersion = {
      version: (before?.version ?? 0) + 1,
      type,
      value: keyId === undefined ? value : await encrypted(ctx, name, value, keyId),
      keyId,
      description: input.Description ?? before?.description,
      allowedPattern,
      tier,
      dataType: 'text',
      policies: [],
      modifiedAt: ctx.date(),
      modifiedBy: ctx.caller.principalArn,
    };
    if (held) held.versions.push(version);
    else parametersOf(ctx).set(name, { name, versions: [version], tags: input.Tags ?? [] });
    if (held && held.versions.length > 100) held.versions.shift();
    return { Version: version.version, Tier: tier };
  },
  DeleteParameter: ({ Name }, ctx) => {
    if (!parametersOf(ctx).delete(plainName(ctx, need(Name, 'Name'))))
      throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    return {};
  },
  DeleteParameters: ({ Names }, ctx) => {
    const asked = need(Names, 'Names');
    const deleted = asked.filter((name) => parametersOf(ctx).delete(plainName(ctx, name)));
    return { DeletedParameters: deleted, InvalidParameters: asked.filter((name) => !deleted.includes(name)) };
  },
  AddTagsToResource: (input, ctx) => {
    const record = tagged(ctx, input.ResourceType, input.ResourceId);
    const added = input.Tags ?? [];
    record.tags = [...record.tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
    return {};
  },
  RemoveTagsFromResource: (input, ctx) => {
    const record = tagged(ctx, input.ResourceType, input.ResourceId);
    record.tags = record.tags.filter(({ Key }) => !input.TagKeys?.includes(Key ?? ''));
    return {};
  },
  ListTagsForResource: (input, ctx) => ({ TagList: tagged(ctx, input.ResourceType, input.ResourceId).tags }),
} satisfies Operations<typeof SSM>;

const tierOf = (asked: SSM.ParameterTier, value: string): SSM.ParameterTier => {
  if (asked !== 'Intelligent-Tiering') return asked;
  return Buffer.byteLength(value) > 4096 ? 'Advanced' : 'Standard';
};

const tagged = (ctx: Context, type: SSM.ResourceTypeForTagging | undefined, id: string | undefined) => {
  if (type !== 'Parameter') throw new AwsError('InvalidResourceType', 'The resource type is not valid.');
  const found = selected(ctx, id ?? '');
  if (!found)
    throw new AwsError('InvalidResourceId', 'The resource ID is not valid. Verify that you entered the correct ID and try again.');
  return found.record;
};
