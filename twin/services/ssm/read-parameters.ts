import type * as SSM from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { latest, parameterArn, parametersOf, selected, type ParameterRecord, type ParameterVersion } from './records.js';
import { readable } from './secure-strings.js';

const answered = async (ctx: Context, record: ParameterRecord, version: ParameterVersion, decrypt = false): Promise<SSM.Parameter> => ({
  Name: record.name,
  Type: version.type,
  Value: await readable(ctx, record, version, decrypt),
  Version: version.version,
  LastModifiedDate: version.modifiedAt,
  ARN: parameterArn(ctx, record.name),
  DataType: version.dataType,
});
const metadata = (ctx: Context, record: ParameterRecord, version: ParameterVersion): SSM.ParameterMetadata => ({
  Name: record.name,
  ARN: parameterArn(ctx, record.name),
  Type: version.type,
  KeyId: version.keyId,
  LastModifiedDate: version.modifiedAt,
  LastModifiedUser: version.modifiedBy,
  Description: version.description,
  AllowedPattern: version.allowedPattern,
  Version: version.version,
  Tier: version.tier,
  Policies: version.policies,
  DataType: version.dataType,
});
const sorted = (ctx: Context): ParameterRecord[] => [...parametersOf(ctx).values()].sort((one, other) => (one.name < other.name ? -1 : 1));
const badToken = (): AwsError => new AwsError('InvalidNextToken', 'The specified token is not valid.');

const under = (path: string, name: string, recursive: boolean): boolean => {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
};

const matches = (record: ParameterRecord, { Key, Option, Values = [] }: SSM.ParameterStringFilter): boolean => {
  const held = record.tags.find((tag) => `tag:${tag.Key}` === Key)?.Value;
  if (Key?.startsWith('tag:')) return held !== undefined && (Values.length === 0 || Values.includes(held));
  const option = Option ?? (Key === 'Path' ? 'OneLevel' : 'Equals');
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    'Name/Equals': (value) => record.name === value,
    'Name/BeginsWith': (value) => record.name.replace(/^\//, '').startsWith(value.replace(/^\//, '')),
    'Name/Contains': (value) => record.name.includes(value),
    'Type/Equals': (value) => latest(record).type === value,
    'Path/OneLevel': (value) => under(value, record.name, false),
    'Path/Recursive': (value) => under(value, record.name, true),
  };
  const test = tests[`${Key}/${option}`];
  if (!test) throw new AwsError('InvalidFilterKey', `The specified filter ${Key} with option ${option} is not valid.`);
  return Values.some(test);
};

/** A parameter as one version or label of it was asked for. */
const selectedAnswer = async (ctx: Context, found: NonNullable<ReturnType<typeof selected>>, decrypt: boolean | undefined) => {
  const parameter = await answered(ctx, found.record, found.version, decrypt);
  return found.selector === undefined ? parameter : { ...parameter, Selector: found.selector };
};

export const readParameters = {
  GetParameter: async ({ Name, WithDecryption }, ctx) => {
    const found = selected(ctx, need(Name, 'Name'));
    if (!found) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
    return { Parameter: await selectedAnswer(ctx, found, WithDecryption) };
  },
  GetParameters: async ({ Names, WithDecryption }, ctx) => {
    const asked = need(Names, 'Names');
    if (asked.length > 10) throw new AwsError('ValidationException', 'Member must have length less than or equal to 10', { status: 400 });
    const found = asked.map((name) => selectedIfThere(ctx, name));
    return {
      Parameters: await Promise.all(found.flatMap((one) => (one ? [selectedAnswer(ctx, one, WithDecryption)] : []))),
      InvalidParameters: asked.filter((_name, at) => found[at] === undefined),
    };
  },
  GetParametersByPath: async (input, ctx) => {
    accept('ssm.GetParametersByPath', input, ['Path', 'Recursive', 'WithDecryption', 'MaxResults', 'NextToken']);
    const path = need(input.Path, 'Path');
    if (!path.startsWith('/'))
      throw new AwsError('ValidationException', 'The parameter path must begin with a forward slash /', { status: 400 });
    const held = sorted(ctx).filter(({ name }) => under(path, name, input.Recursive ?? false));
    const { items, next } = page(held, { token: input.NextToken, most: input.MaxResults ?? 10 }, badToken);
    return {
      Parameters: await Promise.all(items.map((record) => answered(ctx, record, latest(record), input.WithDecryption))),
      NextToken: next,
    };
  },
  GetParameterHistory: async (input, ctx) => {
    accept('ssm.GetParameterHistory', input, ['Name', 'WithDecryption', 'MaxResults', 'NextToken']);
    const found = selected(ctx, need(input.Name, 'Name'));
    if (!found) throw new AwsError('ParameterNotFound', `Parameter ${input.Name} not found.`);
    const { items, next } = page(found.record.versions, { token: input.NextToken, most: input.MaxResults ?? 50 }, badToken);
    const history = items.map(async (version) => ({
      ...metadata(ctx, found.record, version),
      ARN: undefined,
      Value: await readable(ctx, found.record, version, input.WithDecryption ?? false),
    }));
    return { Parameters: await Promise.all(history), NextToken: next };
  },
  DescribeParameters: (input, ctx) => {
    accept('ssm.DescribeParameters', input, ['ParameterFilters', 'MaxResults', 'NextToken']);
    const held = sorted(ctx).filter((record) => (input.ParameterFilters ?? []).every((filter) => matches(record, filter)));
    const { items, next } = page(held, { token: input.NextToken, most: input.MaxResults ?? 50 }, badToken);
    return { Parameters: items.map((record) => metadata(ctx, record, latest(record))), NextToken: next };
  },
} satisfies Operations<typeof SSM>;

/** In a batch, a version that does not exist is an invalid name and not an error. */
const selectedIfThere = (ctx: Context, name: string): ReturnType<typeof selected> => {
  try {
    return selected(ctx, name);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ParameterVersionNotFound') return undefined;
    throw error;
  }
};
