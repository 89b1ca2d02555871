import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { alarmState, extraPeriods } from './alarm-state.js';
import { setState } from './alarm-transitions.js';
import { measureForAlarm } from './metrics-of-aws.js';
import { cloudwatchOf, type AlarmRecord } from './records.js';
import { periodsOf, statisticOf } from './statistics.js';

const comparisons: Readonly<Record<string, { text: string; breaches: (value: number, threshold: number) => boolean }>> = {
  GreaterThanThreshold: { text: 'greater than', breaches: (value, threshold) => value > threshold },
  GreaterThanOrEqualToThreshold: { text: 'greater than or equal to', breaches: (value, threshold) => value >= threshold },
  LessThanThreshold: { text: 'less than', breaches: (value, threshold) => value < threshold },
  LessThanOrEqualToThreshold: { text: 'less than or equal to', breaches: (value, threshold) => value <= threshold },
};
/** Operators of alarms on one metric; those of anomaly bands are not here. */
export const comparisonOperators = Object.keys(comparisons);

interface Point {
  readonly start: number;
  readonly value: number;
}

/** One entry for each whole period of the evaluation range, oldest first. */
const rangeOf = (ctx: Context, alarm: MetricAlarm): (Point | undefined)[] => {
  const length = alarm.Period! * 1000;
  const to = Math.floor(ctx.now() / length) * length;
  const from = to - (alarm.EvaluationPeriods! + extraPeriods) * length;
  const query = {
    namespace: alarm.Namespace!,
    name: alarm.MetricName!,
    dimensions: alarm.Dimensions ?? [],
    unit: alarm.Unit,
    period: alarm.Period!,
    from,
    to,
  };
  const samples = new Map(periodsOf(ctx, query));
  return Array.from({ length: (to - from) / length }, (_, at) => {
    const start = from + at * length;
    const held = samples.get(start);
    const value = held && statisticOf(held, alarm.Statistic ?? alarm.ExtendedStatistic!);
    return value === undefined ? undefined : { start, value };
  });
};

const stateOf = (alarm: MetricAlarm, range: readonly (Point | undefined)[]): StateValue => {
  const { breaches } = comparisons[alarm.ComparisonOperator!]!;
  return alarmState({
    range: range.map((point) => point && breaches(point.value, alarm.Threshold!)),
    evaluationPeriods: alarm.EvaluationPeriods!,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods!,
    treatMissing: alarm.TreatMissingData ?? 'missing',
    current: alarm.StateValue!,
  });
};

/** What the metric's data alone say of such an alarm, whatever state it has been set to. */
export const stateByData = (ctx: Context, alarm: MetricAlarm): StateValue => stateOf(alarm, rangeOf(ctx, alarm));

const evaluate = async (ctx: Context, record: AlarmRecord): Promise<void> => {
  const { alarm } = record;
  measureForAlarm(ctx, alarm, ctx.now() - 1);
  const range = rangeOf(ctx, alarm);
  const state = stateOf(alarm, range);
  if (state !== alarm.StateValue) await setState(ctx, record, state, reasonFor(alarm, state, range));
};

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));
const when = (instant: number): string => {
  const [date = '', time = ''] = new Date(instant).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year!.slice(2)} ${time.slice(0, 8)}`;
};
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The reason in AWS's words, with the newest values the decision rests on. */
const reasonFor = (alarm: MetricAlarm, state: StateValue, range: readonly (Point | undefined)[]): { text: string; data: object } => {
  const points = range.filter((point) => point !== undefined).slice(-alarm.EvaluationPeriods!);
  const periods = alarm.EvaluationPeriods!;
  const data = {
    version: '1.0',
    startDate: points[0] && new Date(points[0].start).toISOString(),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic,
    period: alarm.Period,
    recentDatapoints: points.map(({ value }) => value),
    threshold: alarm.Threshold,
  };
  if (state === 'INSUFFICIENT_DATA')
    return { text: `Insufficient Data: ${counted(periods, 'datapoint')} ${periods === 1 ? 'was' : 'were'} unknown.`, data };
  if (points.length === 0) {
    const treated = alarm.TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching';
    const subject = `${counted(periods, 'missing datapoint')} ${periods === 1 ? 'was' : 'were'}`;
    return {
      text: `Threshold Crossed: no datapoints were received for ${counted(periods, 'period')} and ${subject} treated as [${treated}].`,
      data,
    };
  }
  const { text, breaches } = comparisons[alarm.ComparisonOperator!]!;
  const supporting = points.filter(({ value }) => breaches(value, alarm.Threshold!) === (state === 'ALARM'));
  const named = supporting.length > 0 ? supporting : points;
  const values = named
    .map(({ start, value }) => `${decimal(value)} (${when(start)})`)
    .reverse()
    .join(', ');
  const verb = `${named.length === 1 ? 'was' : 'were'}${state === 'ALARM' ? '' : ' not'}`;
  const out = periods === 1 ? counted(1, 'datapoint') : `${named.length} out of the last ${counted(periods, 'datapoint')}`;
  return { text: `Threshold Crossed: ${out} [${values}] ${verb} ${text} the threshold (${decimal(alarm.Threshold!)}).`, data };
};

/** Evaluates the alarm at the end of every period for as long as it exists. */
export const keepEvaluating = (ctx: Context, record: AlarmRecord): void => {
  // An alarm outlives the stack operation that made it: its evaluations are nobody's operation to complete.
  const own = ctx.operation('cloudwatch.alarm-evaluation');
  const length = record.alarm.Period! * 1000;
  const wait = length - (ctx.now() % length);
  own.after(wait / 1000, `alarm ${record.alarm.AlarmName} is evaluated`, async (then) => {
    if (cloudwatchOf(then).alarms.get(record.alarm.AlarmName) !== record) return;
    await evaluate(then, record);
    keepEvaluating(then, record);
  });
};
