import type { StateValue } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { isComposite, type AlarmRecord, type AnyAlarmRecord, type CompositeRecord } from './records.js';

/** An alarm's step from one state to another. */
export interface Transition {
  readonly from: StateValue | undefined;
  readonly to: StateValue;
  readonly reason: string;
  readonly data: object | undefined;
}

/** How CloudWatch writes regions in what it sends to people. */
const regionNames: Readonly<Record<string, string>> = {
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'eu-south-1': 'EU (Milan)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
};
const regionName = ({ region }: Context): string => regionNames[region] ?? region;

/** Time as in these messages: `2030-01-01T02:03:04.000+0000`. */
const moment = (date: Date): string => date.toISOString().replace('Z', '+0000');

export const subjectOf = (ctx: Context, { alarm }: AnyAlarmRecord, { to }: Transition): string =>
  `${to}: "${alarm.AlarmName}" in ${regionName(ctx)}`.slice(0, 100);

/** What CloudWatch publishes when an alarm acts on a topic (CloudWatch user guide, "Notifying users on alarm changes", and messages as received). */
export const notificationOf = (ctx: Context, record: AnyAlarmRecord, transition: Transition): object => {
  const { alarm } = record;
  const { from, to, reason } = transition;
  return {
    AlarmName: alarm.AlarmName,
    AlarmDescription: alarm.AlarmDescription ?? null,
    AWSAccountId: ctx.account,
    AlarmConfigurationUpdatedTimestamp: moment(alarm.AlarmConfigurationUpdatedTimestamp!),
    NewStateValue: to,
    NewStateReason: reason,
    StateChangeTime: moment(ctx.date()),
    Region: regionName(ctx),
    AlarmArn: alarm.AlarmArn,
    OldStateValue: from,
    OKActions: alarm.OKActions ?? [],
    AlarmActions: alarm.AlarmActions ?? [],
    InsufficientDataActions: alarm.InsufficientDataActions ?? [],
    ...(isComposite(record) ? composition(record, transition) : { Trigger: trigger(record) }),
  };
};

interface Triggered {
  readonly triggeringAlarms?: readonly { arn: string; state: { value: string; timestamp: string } }[];
}

const composition = ({ alarm }: CompositeRecord, { data }: Transition): object => {
  const { triggeringAlarms }: Triggered = data ?? {};
  const TriggeringChildren = triggeringAlarms?.map(({ arn, state }) => ({
    Arn: arn,
    State: { Value: state.value, Timestamp: state.timestamp },
  }));
  return { AlarmRule: alarm.AlarmRule, TriggeringChildren };
};

const trigger = ({ alarm }: AlarmRecord): object => ({
  MetricName: alarm.MetricName,
  Namespace: alarm.Namespace,
  ...(alarm.Statistic === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: alarm.ExtendedStatistic }
    : { StatisticType: 'Statistic', Statistic: alarm.Statistic.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() }),
  Unit: alarm.Unit ?? null,
  Dimensions: (alarm.Dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name })),
  Period: alarm.Period,
  EvaluationPeriods: alarm.EvaluationPeriods,
  ...(alarm.DatapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.DatapointsToAlarm }),
  ComparisonOperator: alarm.ComparisonOperator,
  Threshold: alarm.Threshold,
  TreatMissingData: alarm.TreatMissingData ?? 'missing',
  EvaluateLowSampleCountPercentile: '',
});
