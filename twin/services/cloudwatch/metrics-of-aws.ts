import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { cloudwatchOf, metricKey } from './records.js';

/** What a service would publish by itself of the period that ends at this moment; `undefined`: nothing, as for a thing that is not there. */
export type MetricOfAws = (ctx: Context, dimensions: Readonly<Record<string, string>>, periodSeconds: number) => number | undefined;

/** Metrics that other services publish in their own namespaces, by `AWS/Namespace/MetricName`. */
export const metricsOfAws = regional('cloudwatch.metrics-of-aws', () => new Map<string, MetricOfAws>());

/** Has the service measure what an alarm looks at, as of the period that has just ended: nobody else ever sees such data. */
export const measureForAlarm = (ctx: Context, alarm: MetricAlarm, at: number): void => {
  const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions = [], Period: period = 60 } = alarm;
  const value = ctx.state(metricsOfAws).get(`${namespace}/${name}`)?.(
    ctx,
    Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
    period,
  );
  if (value === undefined) return;
  const held = cloudwatchOf(ctx).metrics;
  const key = metricKey(namespace, name, dimensions);
  if (!held.has(key)) held.set(key, { namespace, name, dimensions, samples: [] });
  held.get(key)!.samples.push({ at, visibleAt: at, unit: 'Count', count: 1, sum: value, minimum: value, maximum: value, value });
};
