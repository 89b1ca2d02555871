import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { comparisonOperators, keepEvaluating } from './alarm-evaluation.js';
import { checkActions } from './alarm-actions.js';
import { remember } from './alarm-history.js';
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

/** Alarms on one metric; what all alarms have in common is in `alarm-operations.ts`. */
export const metricAlarms = {
  PutMetricAlarm: (input, ctx) => {
    accept('cloudwatch.PutMetricAlarm', input, ['AlarmName', 'ActionsEnabled', 'Tags', ...configurationNames]);
    check(input);
    checkActions(ctx, input.OKActions, input.AlarmActions, input.InsufficientDataActions);
    const name = input.AlarmName!;
    if (cloudwatchOf(ctx).composites.has(name)) throw new AwsError('ValidationError', `A composite alarm is already called ${name}`);
    const held = cloudwatchOf(ctx).alarms.get(name);
    remember(ctx, { name }, 'ConfigurationUpdate', `Alarm "${name}" ${held ? 'updated' : 'created'}`, {
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
} satisfies Operations<typeof CloudWatch>;
