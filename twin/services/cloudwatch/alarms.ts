import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { comparisonOperators, keepEvaluating } from './alarm-evaluation.js';
import { remember, setState } from './alarm-transitions.js';
import { alarmArn, cloudwatchOf, invalidValue, missing, type AlarmRecord } from './records.js';
import { checkPeriod, checkStatistic } from './statistics.js';

const configurationNames = [
  'AlarmDescription',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Period',
  'Unit',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
] as const;

const required = ['AlarmName', 'MetricName', 'Namespace', 'Period', 'EvaluationPeriods', 'Threshold', 'ComparisonOperator'] as const;

const check = (input: CloudWatch.PutMetricAlarmCommandInput): void => {
  for (const name of required) if (input[name] === undefined) throw missing(name);
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw new AwsError('InvalidParameterCombinationException', 'Exactly one of Statistic and ExtendedStatistic must be specified.');
  }
  checkPeriod(input.Period!);
  checkStatistic(input.Statistic ?? input.ExtendedStatistic!);
  const periods = input.EvaluationPeriods!;
  if (periods < 1) throw invalidValue('EvaluationPeriods must be at least 1.');
  if (periods * input.Period! > (input.Period! >= 3600 ? 7 : 1) * 86_400) {
    throw invalidValue(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400), or a week for periods of an hour and more.',
    );
  }
  const datapoints = input.DatapointsToAlarm ?? periods;
  if (datapoints < 1 || datapoints > periods) throw invalidValue('DatapointsToAlarm must be between 1 and EvaluationPeriods.');
  if (!comparisonOperators.includes(input.ComparisonOperator!)) {
    throw new AwsError('NotModelled', `NotModelled: cloudwatch alarm with ComparisonOperator ${input.ComparisonOperator}`, { status: 501 });
  }
  if (!['breaching', 'notBreaching', 'ignore', 'missing'].includes(input.TreatMissingData ?? 'missing')) {
    throw invalidValue(`The value ${input.TreatMissingData} for parameter TreatMissingData is not supported.`);
  }
};

const configuration = (input: CloudWatch.PutMetricAlarmCommandInput) => ({
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  Dimensions: [],
  ...Object.fromEntries(configurationNames.filter((name) => input[name] !== undefined).map((name) => [name, input[name]])),
  ActionsEnabled: input.ActionsEnabled ?? true,
});

const alarmNamed = (ctx: Context, name: string | undefined): AlarmRecord => {
  const found = cloudwatchOf(ctx).alarms.get(name ?? '');
  if (!found) throw new AwsError('ResourceNotFound', 'Alarm not found');
  return found;
};
const alarmAt = (ctx: Context, arn: string | undefined): AlarmRecord => {
  const found = [...cloudwatchOf(ctx).alarms.values()].find(({ alarm }) => alarm.AlarmArn === arn);
  if (!found) throw new AwsError('ResourceNotFoundException', `Unable to find resource ${arn}`);
  return found;
};

export const alarms = {
  PutMetricAlarm: (input, ctx) => {
    accept('cloudwatch.PutMetricAlarm', input, ['AlarmName', 'ActionsEnabled', 'Tags', ...configurationNames]);
    check(input);
    const name = input.AlarmName!;
    const held = cloudwatchOf(ctx).alarms.get(name);
    remember(ctx, name, 'ConfigurationUpdate', `Alarm "${name}" ${held ? 'updated' : 'created'}`, {
      version: '1.0',
      type: held ? 'Update' : 'Create',
    });
    if (held) {
      for (const member of configurationNames) delete held.alarm[member];
      Object.assign(held.alarm, configuration(input), { AlarmConfigurationUpdatedTimestamp: ctx.date() });
      return {};
    }
    const record: AlarmRecord = {
      alarm: {
        AlarmName: name,
        AlarmArn: alarmArn(ctx, name),
        ...configuration(input),
        AlarmConfigurationUpdatedTimestamp: ctx.date(),
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: ctx.date(),
        StateTransitionedTimestamp: ctx.date(),
      },
      tags: input.Tags ?? [],
    };
    cloudwatchOf(ctx).alarms.set(name, record);
    keepEvaluating(ctx, record);
    return {};
  },
  DescribeAlarms: (input, ctx) => {
    accept('cloudwatch.DescribeAlarms', input, [
      'AlarmNames',
      'AlarmNamePrefix',
      'AlarmTypes',
      'StateValue',
      'ActionPrefix',
      'MaxRecords',
      'NextToken',
    ]);
    const metricAlarms = input.AlarmTypes?.length ? input.AlarmTypes.includes('MetricAlarm') : true;
    const found = [...cloudwatchOf(ctx).alarms.values()]
      .map(({ alarm }) => alarm)
      .filter((alarm) => metricAlarms && (!input.AlarmNames?.length || input.AlarmNames.includes(alarm.AlarmName)))
      .filter((alarm) => alarm.AlarmName.startsWith(input.AlarmNamePrefix ?? ''))
      .filter((alarm) => input.StateValue === undefined || alarm.StateValue === input.StateValue)
      .filter((alarm) => input.ActionPrefix === undefined || alarm.AlarmActions?.some((action) => action.startsWith(input.ActionPrefix!)))
      .sort((one, other) => (one.AlarmName < other.AlarmName ? -1 : 1));
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxRecords ?? 50 }, badToken);
    return { MetricAlarms: items.map((alarm) => ({ ...alarm })), CompositeAlarms: [], NextToken: next };
  },
  DeleteAlarms: ({ AlarmNames = [] }, ctx) => {
    for (const name of AlarmNames) alarmNamed(ctx, name);
    for (const name of AlarmNames) {
      cloudwatchOf(ctx).alarms.delete(name);
      remember(ctx, name, 'ConfigurationUpdate', `Alarm "${name}" deleted`, { version: '1.0', type: 'Delete' });
    }
    return {};
  },
  SetAlarmState: ({ AlarmName, StateValue, StateReason, StateReasonData }, ctx) => {
    const record = alarmNamed(ctx, AlarmName);
    if (StateReason === undefined || StateValue === undefined) throw missing(StateValue === undefined ? 'StateValue' : 'StateReason');
    const data = StateReasonData === undefined ? undefined : reasonData(StateReasonData);
    setState(ctx, record, StateValue, { text: StateReason, data });
    return {};
  },
  EnableAlarmActions: ({ AlarmNames = [] }, ctx) => {
    for (const name of AlarmNames) alarmNamed(ctx, name).alarm.ActionsEnabled = true;
    return {};
  },
  DisableAlarmActions: ({ AlarmNames = [] }, ctx) => {
    for (const name of AlarmNames) alarmNamed(ctx, name).alarm.ActionsEnabled = false;
    return {};
  },
  DescribeAlarmHistory: (input, ctx) => {
    accept('cloudwatch.DescribeAlarmHistory', input, [
      'AlarmName',
      'AlarmTypes',
      'HistoryItemType',
      'StartDate',
      'EndDate',
      'MaxRecords',
      'NextToken',
      'ScanBy',
    ]);
    const found = cloudwatchOf(ctx)
      .history.filter(({ AlarmName }) => input.AlarmName === undefined || AlarmName === input.AlarmName)
      .filter(({ HistoryItemType }) => input.HistoryItemType === undefined || HistoryItemType === input.HistoryItemType)
      .filter(({ AlarmType }) => !input.AlarmTypes?.length || input.AlarmTypes.includes(AlarmType!))
      .filter(
        ({ Timestamp }) => Timestamp >= (input.StartDate ?? new Date(0)) && (input.EndDate === undefined || Timestamp <= input.EndDate),
      );
    if (input.ScanBy !== 'TimestampAscending') found.reverse();
    const { items, next } = page(found, { token: input.NextToken, most: input.MaxRecords ?? 50 }, badToken);
    return { AlarmHistoryItems: items, NextToken: next };
  },
  TagResource: ({ ResourceARN, Tags = [] }, ctx) => {
    const record = alarmAt(ctx, ResourceARN);
    record.tags = [...record.tags.filter(({ Key }) => !Tags.some((tag) => tag.Key === Key)), ...Tags];
    return {};
  },
  UntagResource: ({ ResourceARN, TagKeys = [] }, ctx) => {
    const record = alarmAt(ctx, ResourceARN);
    record.tags = record.tags.filter(({ Key }) => !TagKeys.includes(Key ?? ''));
    return {};
  },
  ListTagsForResource: ({ ResourceARN }, ctx) => ({ Tags: alarmAt(ctx, ResourceARN).tags }),
} satisfies Operations<typeof CloudWatch>;

const badToken = (): AwsError => new AwsError('InvalidNextToken', 'The next token specified is invalid.');
const reasonData = (text: string): object => {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new AwsError('InvalidFormatFault', 'StateReasonData must be valid JSON.');
  }
};
