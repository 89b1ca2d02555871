/**
 * Health checks that follow a CloudWatch alarm (developer guide, "Monitoring health checks using CloudWatch alarms").
 *
 * 1. Route 53 keeps its own copy of the alarm's settings, taken when the check is created or updated: a changed alarm changes nothing here.
 * 2. It watches the metric's data, not the alarm's state: SetAlarmState moves no health check.
 * 3. Where the data do not suffice, and where CloudWatch's region is lost, `InsufficientDataHealthStatus` decides.
 */
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import { stateByData } from '../cloudwatch/alarm-evaluation.js';
import { cloudwatchOf } from '../cloudwatch/records.js';
import { need } from '../members.js';
import type { CheckedEndpoint } from './health-status.js';
import { invalidInput } from './records.js';

const whenInsufficient = ['Healthy', 'Unhealthy', 'LastKnownStatus'];

/** The alarm's settings as they are now. @throws AwsError InvalidInput when there is no such alarm, or none that Route 53 can follow. */
export const alarmOf = (config: R53.HealthCheckConfig, ctx: Context): MetricAlarm => {
  const { Region, Name } = need(config.AlarmIdentifier, 'AlarmIdentifier', 'InvalidInput');
  const region = need(Region, 'AlarmIdentifier.Region', 'InvalidInput');
  if (!whenInsufficient.includes(need(config.InsufficientDataHealthStatus, 'InsufficientDataHealthStatus', 'InvalidInput')))
    throw invalidInput(`InsufficientDataHealthStatus must be one of ${whenInsufficient.join(', ')}.`);
  const alarm = ctx.regionIsLost(region) ? undefined : cloudwatchOf(ctx.at({ region })).alarms.get(Name ?? '')?.alarm;
  if (!alarm) throw invalidInput(`The CloudWatch alarm ${Name} in ${region} could not be found.`);
  const why = unfollowable(alarm);
  if (why) throw invalidInput(`The CloudWatch alarm ${Name} cannot be used for a health check: ${why}.`);
  return structuredClone(alarm);
};

const unfollowable = ({
  MetricName,
  Period = 60,
  ExtendedStatistic,
  DatapointsToAlarm,
  EvaluationPeriods,
}: MetricAlarm): string | undefined => {
  if (MetricName === undefined) return 'metric math is not supported';
  if (Period < 60) return 'high-resolution metrics are not supported';
  if (ExtendedStatistic) return 'extended statistics are not supported';
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm !== EvaluationPeriods) return '"M out of N" alarms are not supported';
  return undefined;
};

export const describedAlarm = (alarm: MetricAlarm): R53.CloudWatchAlarmConfiguration => ({
  EvaluationPeriods: alarm.EvaluationPeriods,
  Threshold: alarm.Threshold,
  ComparisonOperator: alarm.ComparisonOperator as R53.ComparisonOperator,
  Period: alarm.Period,
  MetricName: alarm.MetricName,
  Namespace: alarm.Namespace,
  Statistic: alarm.Statistic,
  Dimensions: alarm.Dimensions?.map(({ Name, Value }) => ({ Name, Value })),
});

/** Brings the check's health up to date with the metric. */
export const followAlarm = (check: CheckedEndpoint, ctx: Context): void => {
  const { alarm } = check;
  const { AlarmIdentifier, InsufficientDataHealthStatus } = check.config;
  const region = AlarmIdentifier?.Region;
  if (!alarm || region === undefined) return;
  const state = ctx.regionIsLost(region) ? 'INSUFFICIENT_DATA' : stateByData(ctx.at({ region }), { ...alarm, StateValue: stateOf(check) });
  if (state !== 'INSUFFICIENT_DATA') check.isUp = state === 'OK';
  else if (InsufficientDataHealthStatus !== 'LastKnownStatus') check.isUp = InsufficientDataHealthStatus === 'Healthy';
};
const stateOf = ({ isUp }: CheckedEndpoint) => (isUp === undefined ? 'INSUFFICIENT_DATA' : isUp ? 'OK' : 'ALARM');
