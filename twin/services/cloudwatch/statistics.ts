import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { cloudwatchOf, invalidValue, metricKey, type Sample } from './records.js';

export interface SeriesQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly unit?: StandardUnit | undefined;
  /** Seconds. */
  readonly period: number;
  /** Milliseconds since the epoch, this one included... */
  readonly from: number;
  /** ...and this one not. */
  readonly to: number;
}

/** The visible samples of each period that has any, by the period's start in milliseconds, oldest first. */
export const periodsOf = (ctx: Context, query: SeriesQuery): [start: number, samples: Sample[]][] => {
  const metric = cloudwatchOf(ctx).metrics.get(metricKey(query.namespace, query.name, query.dimensions));
  const length = query.period * 1000;
  const now = ctx.now();
  const found = new Map<number, Sample[]>();
  for (const sample of metric?.samples ?? []) {
    const start = Math.floor(sample.at / length) * length;
    const shown = sample.visibleAt <= now && (query.unit === undefined || sample.unit === query.unit);
    if (shown && start >= query.from && start < query.to) found.set(start, [...(found.get(start) ?? []), sample]);
  }
  return [...found].sort(([one], [other]) => one - other);
};

const total = (samples: readonly Sample[], of: (sample: Sample) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0);

/** The smallest value with at least `percent` of all values at or below it; undefined if a summary hides the values. */
const percentile = (samples: readonly Sample[], percent: number): number | undefined => {
  if (samples.some(({ value }) => value === undefined)) return undefined;
  const sorted = [...samples].sort((one, other) => one.value! - other.value!);
  const rank = Math.max(Number.MIN_VALUE, (percent / 100) * total(sorted, ({ count }) => count));
  let seen = 0;
  return sorted.find(({ count }) => (seen += count) >= rank)?.value;
};

/** @throws AwsError for a statistic that does not exist, or (501) one the twin does not have. */
export const statisticOf = (samples: readonly Sample[], statistic: string): number | undefined => {
  const count = total(samples, (sample) => sample.count);
  const plain: Readonly<Record<string, () => number>> = {
    SampleCount: () => count,
    Sum: () => total(samples, ({ sum }) => sum),
    Average: () => total(samples, ({ sum }) => sum) / count,
    Minimum: () => Math.min(...samples.map(({ minimum }) => minimum)),
    Maximum: () => Math.max(...samples.map(({ maximum }) => maximum)),
  };
  return plain[statistic] ? plain[statistic]() : percentile(samples, percentOf(statistic));
};

const percentOf = (statistic: string): number => {
  const [, percent] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(statistic) ?? [];
  if (percent !== undefined) return Number(percent);
  if (/^(tm|wm|tc|ts|pr|TM|WM|TC|TS|PR|IQM)/.test(statistic)) {
    throw new AwsError('NotModelled', `NotModelled: cloudwatch statistic ${statistic}`, { status: 501 });
  }
  throw invalidValue(`The value ${statistic} for parameter Stat is not supported.`);
};

/** Checks that a statistic can be asked for at all. */
export const checkStatistic = (statistic: string): void => {
  if (!['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'].includes(statistic)) percentOf(statistic);
};

export const checkPeriod = (period: number): void => {
  if (![1, 5, 10, 20, 30].includes(period) && (period <= 0 || period % 60 !== 0)) {
    throw invalidValue(`The value ${period} for parameter Period is not valid. Period must be 1, 5, 10, 20, 30 or a multiple of 60.`);
  }
};
