import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { alarmArn } from './records.js';

const texts = [
  'AlarmDescription',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Unit',
  'ComparisonOperator',
  'TreatMissingData',
];
const numbers = ['Period', 'EvaluationPeriods', 'DatapointsToAlarm', 'Threshold'];
const pick = (properties: ResourceProperties, names: readonly string[]): [string, unknown][] =>
  Object.entries(properties).filter(([name]) => names.includes(name));

const put = async (ctx: Context, AlarmName: string, properties: ResourceProperties, tags: unknown): Promise<void> => {
  acceptProperties('AWS::CloudWatch::Alarm', properties, ['AlarmName', 'ActionsEnabled', 'Tags', ...texts, ...numbers]);
  const { ActionsEnabled } = properties;
  await ctx.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName,
    ...Object.fromEntries(pick(properties, texts)),
    ...Object.fromEntries(pick(properties, numbers).map(([name, value]) => [name, Number(value)])),
    ActionsEnabled: ActionsEnabled === undefined || ActionsEnabled === true || ActionsEnabled === 'true',
    Tags: tags,
  });
};
const described = (ctx: Context, name: string) => ({ physicalId: name, attributes: { Arn: alarmArn(ctx, name) } });

/** CloudFormation types that CloudWatch backs. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CloudWatch::Alarm',
    replacedOn: ['AlarmName'],
    create: async (properties, ctx, names) => {
      const name = (properties.AlarmName as string | undefined) ?? names.generated(255);
      await put(ctx, name, properties, properties.Tags);
      return described(ctx, name);
    },
    update: async (name, properties, _previous, ctx) => {
      await put(ctx, name, properties, undefined);
      // PutMetricAlarm leaves the tags of an existing alarm alone.
      if (properties.Tags) await ctx.call('cloudwatch', 'TagResource', { ResourceARN: alarmArn(ctx, name), Tags: properties.Tags });
      return described(ctx, name);
    },
    delete: async (name, _properties, ctx) => {
      await ctx.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [name] }).catch((error: unknown) => {
        if (!(error instanceof AwsError && error.code === 'ResourceNotFound')) throw error;
      });
    },
  },
];
