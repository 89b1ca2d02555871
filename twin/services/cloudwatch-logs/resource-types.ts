import type { DescribeLogGroupsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { groupArn } from './records.js';

const check = (properties: ResourceProperties): void => {
  const standard = properties.LogGroupClass === 'STANDARD' ? ['LogGroupClass'] : [];
  acceptProperties('AWS::Logs::LogGroup', properties, ['LogGroupName', 'RetentionInDays', 'KmsKeyId', 'Tags', ...standard]);
};
const tagMap = (properties: ResourceProperties): Record<string, string> =>
  Object.fromEntries(((properties.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
const setRetention = async (ctx: Context, logGroupName: string, days: unknown): Promise<void> => {
  if (days === undefined) await ctx.call('cloudwatch-logs', 'DeleteRetentionPolicy', { logGroupName });
  else await ctx.call('cloudwatch-logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: Number(days) });
};
const unlessGone = (error: unknown): void => {
  if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
};
const described = (ctx: Context, name: string) => ({ physicalId: name, attributes: { Arn: `${groupArn(ctx, name)}:*` } });

const transformationNames = ['MetricName', 'MetricNamespace', 'MetricValue', 'DefaultValue', 'Dimensions', 'Unit'];
/** A template writes a transformation in capitals, and its dimensions as a list. */
const transformation = ({ MetricTransformations }: ResourceProperties): object => {
  const [first = {}] = (MetricTransformations ?? []) as ResourceProperties[];
  const given = readProperties('AWS::Logs::MetricFilter', first, transformationNames);
  const dimensions = given.tags('Dimensions')?.map(({ Key, Value }) => [Key, Value] as const);
  return {
    metricName: given.text('MetricName'),
    metricNamespace: given.text('MetricNamespace'),
    metricValue: given.text('MetricValue'),
    defaultValue: given.number('DefaultValue'),
    dimensions: dimensions && Object.fromEntries(dimensions),
    unit: given.text('Unit'),
  };
};
const putFilter = async (ctx: Context, filterName: string, properties: ResourceProperties) => {
  acceptProperties('AWS::Logs::MetricFilter', properties, ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations']);
  const { LogGroupName: logGroupName, FilterPattern: filterPattern } = properties;
  const input = { logGroupName, filterName, filterPattern, metricTransformations: [transformation(properties)] };
  await ctx.call('cloudwatch-logs', 'PutMetricFilter', input);
  return { physicalId: filterName };
};
const metricFilter: ResourceType = {
  type: 'AWS::Logs::MetricFilter',
  replacedOn: ['FilterName', 'LogGroupName'],
  create: (properties, ctx, names) => putFilter(ctx, (properties.FilterName as string | undefined) ?? names.generated(512), properties),
  update: (filterName, properties, _previous, ctx) => putFilter(ctx, filterName, properties),
  delete: async (filterName, { LogGroupName: logGroupName }, ctx) => {
    await ctx.call('cloudwatch-logs', 'DeleteMetricFilter', { logGroupName, filterName }).catch(unlessGone);
  },
};

/** CloudFormation types that CloudWatch Logs backs. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::Logs::LogGroup',
    replacedOn: ['LogGroupName'],
    holdsData: true,
    create: async (properties, ctx, names) => {
      check(properties);
      const logGroupName = (properties.LogGroupName as string | undefined) ?? names.generated(512);
      await ctx.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName, kmsKeyId: properties.KmsKeyId, tags: tagMap(properties) });
      try {
        await setRetention(ctx, logGroupName, properties.RetentionInDays);
      } catch (error) {
        await ctx.call('cloudwatch-logs', 'DeleteLogGroup', { logGroupName });
        throw error;
      }
      return described(ctx, logGroupName);
    },
    update: async (logGroupName, properties, previous, ctx) => {
      check(properties);
      await setRetention(ctx, logGroupName, properties.RetentionInDays);
      const { KmsKeyId } = properties;
      if (KmsKeyId !== undefined) await ctx.call('cloudwatch-logs', 'AssociateKmsKey', { logGroupName, kmsKeyId: KmsKeyId });
      else if (previous.KmsKeyId !== undefined) await ctx.call('cloudwatch-logs', 'DisassociateKmsKey', { logGroupName });
      const [wanted, before] = [tagMap(properties), tagMap(previous)];
      const resourceArn = groupArn(ctx, logGroupName);
      const gone = Object.keys(before).filter((name) => !(name in wanted));
      if (gone.length > 0) await ctx.call('cloudwatch-logs', 'UntagResource', { resourceArn, tagKeys: gone });
      if (Object.keys(wanted).length > 0) await ctx.call('cloudwatch-logs', 'TagResource', { resourceArn, tags: wanted });
      return described(ctx, logGroupName);
    },
    delete: async (logGroupName, _properties, ctx) => {
      await ctx.call('cloudwatch-logs', 'DeleteLogGroup', { logGroupName }).catch(unlessGone);
    },
    existing: {
      identifiedBy: 'LogGroupName',
      read: async (LogGroupName, ctx) => {
        const asked = { logGroupNamePrefix: LogGroupName };
        const { logGroups } = await ctx.call<DescribeLogGroupsCommandOutput>('cloudwatch-logs', 'DescribeLogGroups', asked);
        const found = logGroups?.find(({ logGroupName }) => logGroupName === LogGroupName);
        return found && { ...described(ctx, LogGroupName), properties: { LogGroupName, RetentionInDays: found.retentionInDays } };
      },
    },
  },
  metricFilter,
];
