import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { invalidValue, missing, type Sample } from './records.js';
import { checkPeriod, checkStatistic, periodsOf, statisticOf } from './statistics.js';

interface Range {
  readonly StartTime?: Date | undefined;
  readonly EndTime?: Date | undefined;
}
/** The asked time, from the start of the period it begins in. */
const rangeOf = ({ StartTime, EndTime }: Range, period: number): { from: number; to: number } => {
  if (!StartTime || !EndTime) throw missing(StartTime ? 'EndTime' : 'StartTime');
  if (StartTime >= EndTime) throw invalidValue('The parameter StartTime must be less than the parameter EndTime.');
  const length = period * 1000;
  return { from: Math.floor(StartTime.getTime() / length) * length, to: EndTime.getTime() };
};

const queried = (
  ctx: Context,
  query: CloudWatch.MetricDataQuery,
  input: CloudWatch.GetMetricDataCommandInput,
): CloudWatch.MetricDataResult => {
  accept('cloudwatch.GetMetricData query', query, ['Id', 'MetricStat', 'Label', 'ReturnData']);
  const { Metric, Period = 0, Stat = '', Unit } = query.MetricStat ?? {};
  if (Metric?.Namespace === undefined || Metric.MetricName === undefined) throw missing('MetricDataQueries.member.1.MetricStat.Metric');
  checkPeriod(Period);
  checkStatistic(Stat);
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions = [] } = Metric;
  const points = periodsOf(ctx, { namespace, name, dimensions, unit: Unit, period: Period, ...rangeOf(input, Period) })
    .map(([start, samples]) => ({ start, value: statisticOf(samples, Stat) }))
    .filter((point): point is { start: number; value: number } => point.value !== undefined);
  if (input.ScanBy !== 'TimestampAscending') points.reverse();
  const shown = points.slice(0, input.MaxDatapoints ?? 100_800);
  return {
    Id: query.Id,
    Label: query.Label ?? name,
    Timestamps: shown.map(({ start }) => new Date(start)),
    Values: shown.map(({ value }) => value),
    StatusCode: shown.length < points.length ? 'PartialData' : 'Complete',
  };
};

export const metricQueries = {
  GetMetricData: (input, ctx) => {
    accept('cloudwatch.GetMetricData', input, ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy', 'MaxDatapoints']);
    const queries = input.MetricDataQueries ?? [];
    if (queries.length === 0) throw missing('MetricDataQueries');
    const ids = queries.map(({ Id = '' }) => Id);
    const bad = ids.find((id, at) => !/^[a-z][a-zA-Z0-9_]*$/.test(id) || ids.indexOf(id) !== at);
    if (bad !== undefined) {
      throw new AwsError(
        'ValidationError',
        `The value ${bad} for parameter MetricDataQueries.member.1.Id is not unique or not an identifier.`,
        { status: 400 },
      );
    }
    const wanted = queries.filter(({ ReturnData }) => ReturnData !== false);
    return { MetricDataResults: wanted.map((query) => queried(ctx, query, input)), Messages: [] };
  },
  GetMetricStatistics: (input, ctx) => {
    accept('cloudwatch.GetMetricStatistics', input, [
      'Namespace',
      'MetricName',
      'Dimensions',
      'StartTime',
      'EndTime',
      'Period',
      'Statistics',
      'ExtendedStatistics',
      'Unit',
    ]);
    const { Namespace: namespace, MetricName: name, Dimensions: dimensions = [], Period: period = 0, Unit: unit } = input;
    if (namespace === undefined || name === undefined) throw missing(namespace === undefined ? 'Namespace' : 'MetricName');
    checkPeriod(period);
    const { Statistics = [], ExtendedStatistics = [] } = input;
    if (Statistics.length + ExtendedStatistics.length === 0) throw missing('Statistics');
    for (const statistic of [...Statistics, ...ExtendedStatistics]) checkStatistic(statistic);
    const range = rangeOf(input, period);
    if ((range.to - range.from) / (period * 1000) > 1440) {
      throw new AwsError(
        'InvalidParameterCombinationException',
        'You have requested more than the limit of 1,440 datapoints. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
      );
    }
    const points = periodsOf(ctx, { namespace, name, dimensions, unit, period, ...range });
    return {
      Label: name,
      Datapoints: points.map(([start, samples]) => datapoint(start, samples, Statistics, ExtendedStatistics)),
    };
  },
} satisfies Operations<typeof CloudWatch>;

const datapoint = (start: number, samples: Sample[], plain: readonly string[], extended: readonly string[]): CloudWatch.Datapoint => ({
  Timestamp: new Date(start),
  Unit: samples[0]!.unit,
  ...Object.fromEntries(plain.map((statistic) => [statistic, statisticOf(samples, statistic)])),
  ...(extended.length > 0
    ? { ExtendedStatistics: Object.fromEntries(extended.map((statistic) => [statistic, statisticOf(samples, statistic) ?? NaN])) }
    : {}),
});
