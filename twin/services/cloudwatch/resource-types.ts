import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { dashboardResource } from './dashboard-resource.js';
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

const isEnabled = ({ ActionsEnabled }: ResourceProperties): boolean =>
  ActionsEnabled === undefined || ActionsEnabled === true || ActionsEnabled === 'true';

const put = async (ctx: Context, AlarmName: string, properties: ResourceProperties, tags: unknown): Promise<void> => {
  acceptProperties('AWS::CloudWatch::Alarm', properties, ['AlarmName', 'ActionsEnabled', 'Tags', ...texts, ...numbers]);
  await ctx.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName,
    ...Object.fromEntries(pick(properties, texts)),
    ...Object.fromEntries(pick(properties, numbers).map(([name, value]) => [name, Number(value)])),
    ActionsEnabled: isEnabled(properties),
    Tags: tags,
  });
};
const described = (ctx: Context, name: string) => ({ physicalId: name, attributes: { Arn: alarmArn(ctx, name) } });

const compositeNames = ['AlarmRule', 'AlarmDescription', 'OKActions', 'AlarmActions', 'InsufficientDataActions'];
const putComposite = async (ctx: Context, AlarmName: string, properties: ResourceProperties, Tags: unknown): Promise<void> => {
  acceptProperties('AWS::CloudWatch::CompositeAlarm', properties, ['AlarmName', 'ActionsEnabled', 'Tags', ...compositeNames]);
  const input = { AlarmName, ...Object.fromEntries(pick(properties, compositeNames)), ActionsEnabled: isEnabled(properties), Tags };
  await ctx.call('cloudwatch', 'PutCompositeAlarm', input);
};

/** Both kinds of alarm are made, changed and deleted alike. */
const alarmType = (type: string, write: typeof put): ResourceType => ({
  type,
  replacedOn: ['AlarmName'],
  create: async (properties, ctx, names) => {
    const name = (properties.AlarmName as string | undefined) ?? names.generated(255);
    await write(ctx, name, properties, properties.Tags);
    return described(ctx, name);
  },
  update: async (name, properties, _previous, ctx) => {
    await write(ctx, name, properties, undefined);
    // Putting an alarm that exists leaves its tags alone.
    if (properties.Tags) await ctx.call('cloudwatch', 'TagResource', { ResourceARN: alarmArn(ctx, name), Tags: properties.Tags });
    return described(ctx, name);
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [name] }).catch((error: unknown) => {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFound')) throw error;
    });
  },
});

/** CloudFormation types that CloudWatch backs. */
export const resourceTypes: readonly ResourceType[] = [
  alarmType('AWS::CloudWatch::Alarm', put),
  alarmType('AWS::CloudWatch::CompositeAlarm', putComposite),
  dashboardResource,
];
