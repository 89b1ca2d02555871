import type { AlarmHistoryItem, Dimension, MetricAlarm, StandardUnit, Tag } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

/** One published value, or a summary of several. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly visibleAt: number;
  readonly unit: StandardUnit;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** The value `count` times; undefined for a summary, whose percentiles cannot be known. */
  readonly value: number | undefined;
}
export interface MetricRecord {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly samples: Sample[];
}
export interface AlarmRecord {
  readonly alarm: MetricAlarm & { AlarmName: string; AlarmArn: string };
  tags: Tag[];
}

const key = regional('cloudwatch.records', () => ({
  metrics: new Map<string, MetricRecord>(),
  alarms: new Map<string, AlarmRecord>(),
  /** Oldest first; kept when the alarm is gone, as AWS does. */
  history: [] as (AlarmHistoryItem & { Timestamp: Date })[],
}));
export const cloudwatchOf = (ctx: Context) => ctx.state(key);

export const alarmArn = (ctx: Context, name: string): string => `arn:aws:cloudwatch:${ctx.region}:${ctx.account}:alarm:${name}`;

const byName = (dimensions: readonly Dimension[]): Dimension[] =>
  [...dimensions].sort((one, other) => ((one.Name ?? '') < (other.Name ?? '') ? -1 : 1));
/** A metric is its namespace, its name and all of its dimensions, in any order. */
export const metricKey = (namespace: string, name: string, dimensions: readonly Dimension[]): string =>
  JSON.stringify([namespace, name, byName(dimensions).map(({ Name, Value }) => [Name, Value])]);

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
export const missing = (name: string): AwsError => new AwsError('MissingRequiredParameterException', `The parameter ${name} is required.`);
