import type { AlarmHistoryItem, CompositeAlarm, Dimension, MetricAlarm, StandardUnit, Tag } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import type { AlarmRule } from './alarm-rule.js';

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
export interface CompositeRecord {
  readonly alarm: CompositeAlarm & { AlarmName: string; AlarmArn: string };
  readonly rule: AlarmRule;
  tags: Tag[];
}
export type AnyAlarmRecord = AlarmRecord | CompositeRecord;
export const isComposite = (record: AnyAlarmRecord): record is CompositeRecord => 'rule' in record;

const key = regional('cloudwatch.records', () => ({
  metrics: new Map<string, MetricRecord>(),
  /** Those on a metric. */
  alarms: new Map<string, AlarmRecord>(),
  /** Names are shared with the others. */
  composites: new Map<string, CompositeRecord>(),
  /** Oldest first; kept when the alarm is gone, as AWS does. */
  history: [] as (AlarmHistoryItem & { Timestamp: Date })[],
}));
export const cloudwatchOf = (ctx: Context) => ctx.state(key);

export const alarmArn = (ctx: Context, name: string): string => `arn:aws:cloudwatch:${ctx.region}:${ctx.account}:alarm:${name}`;

/** An alarm of either kind by its name or ARN. */
export const anyAlarm = (ctx: Context, nameOrArn: string): AnyAlarmRecord | undefined => {
  const { alarms, composites } = cloudwatchOf(ctx);
  const own = alarmArn(ctx, '');
  const name = nameOrArn.startsWith(own) ? nameOrArn.slice(own.length) : nameOrArn;
  return alarms.get(name) ?? composites.get(name);
};

const byName = (dimensions: readonly Dimension[]): Dimension[] =>
  [...dimensions].sort((one, other) => ((one.Name ?? '') < (other.Name ?? '') ? -1 : 1));
/** A metric is its namespace, its name and all of its dimensions, in any order. */
export const metricKey = (namespace: string, name: string, dimensions: readonly Dimension[]): string =>
  JSON.stringify([namespace, name, byName(dimensions).map(({ Name, Value }) => [Name, Value])]);

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
export const invalidRegion = (region: string, ctx: Context): AwsError =>
  new AwsError('ValidationError', `Invalid region ${region} specified. Only ${ctx.region} is supported.`);
export const missing = (name: string): AwsError => new AwsError('MissingRequiredParameterException', `The parameter ${name} is required.`);
