import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { cloudwatchOf, invalidValue, metricKey, missing, type Sample } from './records.js';

const twoWeeks = 14 * 86_400_000;

/** What one datum says, as samples; a datum has one value, several with counts, or a summary. */
const samplesOf = (ctx: Context, datum: CloudWatch.MetricDatum, visibleAt: number): Sample[] => {
  const { Value, Values, Counts, StatisticValues } = datum;
  const at = datum.Timestamp?.getTime() ?? ctx.now();
  if (at < ctx.now() - twoWeeks || at > ctx.now() + 7_200_000) {
    throw invalidValue(
      `The value ${new Date(at).toISOString()} for parameter Timestamp must be within the last two weeks and at most two hours ahead.`,
    );
  }
  const given = [Value, Values, StatisticValues].filter((one) => one !== undefined);
  if (given.length === 0) throw missing('MetricData.member.1.Value');
  if (given.length > 1) {
    throw new AwsError('InvalidParameterCombinationException', 'The parameters Value, Values and StatisticValues are mutually exclusive.');
  }
  const common = { at, visibleAt, unit: datum.Unit ?? 'None' };
  if (StatisticValues) {
    const { SampleCount = 0, Sum = 0, Minimum = 0, Maximum = 0 } = StatisticValues;
    return [{ ...common, count: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum, value: undefined }];
  }
  const values = Values ?? [Value!];
  if (values.some((value) => !Number.isFinite(value)))
    throw invalidValue('The value of MetricData.member.1.Value must be a finite number.');
  if (Counts !== undefined && Counts.length !== values.length) {
    throw invalidValue('The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.');
  }
  return values.map((value, index) => {
    const count = Counts?.[index] ?? 1;
    return { ...common, count, sum: value * count, minimum: value, maximum: value, value };
  });
};

export const metrics = {
  PutMetricData: (input, ctx) => {
    accept('cloudwatch.PutMetricData', input, ['Namespace', 'MetricData']);
    const namespace = input.Namespace ?? '';
    if (namespace === '') throw missing('Namespace');
    if (namespace.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid: it is reserved.');
    const data = input.MetricData ?? [];
    if (data.length === 0 || data.length > 1000) throw invalidValue('The collection MetricData must have a size between 1 and 1000.');
    const visibleAt = ctx.now() + ctx.takes('cloudwatch.metric-visible') * 1000;
    const taken = data.map((datum) => ({ datum, samples: samplesOf(ctx, datum, visibleAt) }));
    for (const { datum, samples } of taken) {
      const { MetricName: name = '', Dimensions: dimensions = [] } = datum;
      if (name === '') throw missing('MetricData.member.1.MetricName');
      if (dimensions.length > 30) throw invalidValue('The collection MetricData.member.1.Dimensions must not have a size greater than 30.');
      const metricId = metricKey(namespace, name, dimensions);
      const held = cloudwatchOf(ctx).metrics;
      if (!held.has(metricId)) held.set(metricId, { namespace, name, dimensions, samples: [] });
      held.get(metricId)!.samples.push(...samples);
    }
    return {};
  },
  ListMetrics: (input, ctx) => {
    accept('cloudwatch.ListMetrics', input, ['Namespace', 'MetricName', 'Dimensions', 'NextToken']);
    const now = ctx.now();
    const found = [...cloudwatchOf(ctx).metrics.values()].filter(
      ({ namespace, name, dimensions, samples }) =>
        samples.some(({ visibleAt }) => visibleAt <= now) &&
        (input.Namespace === undefined || input.Namespace === namespace) &&
        (input.MetricName === undefined || input.MetricName === name) &&
        (input.Dimensions ?? []).every((asked) =>
          dimensions.some(({ Name, Value }) => Name === asked.Name && (asked.Value === undefined || asked.Value === Value)),
        ),
    );
    const badToken = (): AwsError => new AwsError('InvalidNextToken', 'The next token specified is invalid.');
    const { items, next } = page(found, { token: input.NextToken, most: 500 }, badToken);
    const listed = items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [...dimensions],
    }));
    return { Metrics: listed, NextToken: next };
  },
} satisfies Operations<typeof CloudWatch>;
