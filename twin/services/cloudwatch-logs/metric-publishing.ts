import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { matcherOf, valueIn } from './filter-pattern.js';
import type { LogEvent, LogGroup, MetricFilterRecord } from './records.js';

const minute = 60_000;
const day = 86_400_000;
/** Data of one PutMetricData call (API reference). */
const mostData = 1000;

/**
 * Turns events into what the group's filters measure, once they have become visible. A filter sees only what was written after it
 * was made (CloudWatch Logs user guide, "Filter pattern syntax for metric filters").
 */
export const publishLater = (ctx: Context, group: LogGroup, events: readonly LogEvent[]): void => {
  const filters = [...group.metricFilters.values()];
  const [first] = events;
  if (!first || filters.length === 0) return;
  // Lines outlive the operation that wrote them: their metrics are nobody's operation to complete.
  const own = ctx.operation('cloudwatch-logs.metric-filters');
  own.after((first.visibleAt - ctx.now()) / 1000, `metric filters of ${group.name} see new lines`, async (then) => {
    for (const filter of filters) if (group.metricFilters.get(filter.name) === filter) await publish(then, filter, events);
  });
};

const publish = async (ctx: Context, filter: MetricFilterRecord, events: readonly LogEvent[]): Promise<void> => {
  // CloudWatch takes nothing older than two weeks.
  const taken = events.filter(({ timestamp }) => timestamp > ctx.now() - 14 * day);
  const data = [...measured(filter, taken), ...defaults(filter, taken)];
  for (let at = 0; at < data.length; at += mostData) {
    const input = { Namespace: filter.transformation.metricNamespace, MetricData: data.slice(at, at + mostData) };
    await ctx.onBehalf('cloudwatch-logs').call('cloudwatch', 'PutMetricData', input);
  }
};

const datum = (
  { transformation }: MetricFilterRecord,
  timestamp: number,
  value: number,
  dimensions: MetricDatum['Dimensions'],
): MetricDatum => ({
  MetricName: transformation.metricName,
  Timestamp: new Date(timestamp),
  Value: value,
  Unit: transformation.unit ?? 'None',
  Dimensions: dimensions ?? [],
});

/** One value for each line that matches, unless its value or a dimension is not in it. */
const measured = (filter: MetricFilterRecord, events: readonly LogEvent[]): MetricDatum[] => {
  const matches = matcherOf(filter.pattern);
  const { metricValue = '', dimensions = {} } = filter.transformation;
  return events
    .filter(({ message }) => matches(message))
    .flatMap(({ message, timestamp }) => {
      const value = metricValue.startsWith('$') ? valueIn(message, metricValue) : metricValue;
      const named = Object.entries(dimensions).map(([Name, path]) => ({ Name, Value: valueIn(message, path) }));
      if (value === undefined || value === '' || !Number.isFinite(Number(value)) || named.some(({ Value }) => !Value)) return [];
      return [datum(filter, timestamp, Number(value), named)];
    });
};

/** The default value, once for each minute in which there were lines and none of them matched. */
const defaults = (filter: MetricFilterRecord, events: readonly LogEvent[]): MetricDatum[] => {
  const { defaultValue } = filter.transformation;
  if (defaultValue === undefined) return [];
  const matches = matcherOf(filter.pattern);
  const minutes = new Map<number, boolean>();
  for (const { timestamp, message } of events) {
    const start = Math.floor(timestamp / minute) * minute;
    minutes.set(start, (minutes.get(start) ?? false) || matches(message));
  }
  return [...minutes].filter(([, matched]) => !matched).map(([start]) => datum(filter, start, defaultValue, []));
};
