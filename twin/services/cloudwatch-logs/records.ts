import type { LogGroupClass, MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface LogEvent {
  /** Milliseconds since the epoch, as the writer gave it. */
  readonly timestamp: number;
  readonly message: string;
  readonly ingestedAt: number;
  /** When readers begin to see it. */
  readonly visibleAt: number;
  /** Grows with every event of the region: orders events of one timestamp. */
  readonly order: number;
}
export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: LogEvent[];
}
export interface MetricFilterRecord {
  readonly name: string;
  readonly pattern: string;
  readonly transformation: MetricTransformation;
  readonly createdAt: number;
}
export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly groupClass: LogGroupClass;
  kmsKeyId: string | undefined;
  retentionDays: number | undefined;
  tags: Record<string, string>;
  readonly streams: Map<string, LogStream>;
  readonly metricFilters: Map<string, MetricFilterRecord>;
}

const key = regional('logs.groups', () => ({ groups: new Map<string, LogGroup>(), events: 0 }));
export const logs = (ctx: Context) => ctx.state(key);

export const groupArn = (ctx: Context, name: string): string => `arn:aws:logs:${ctx.region}:${ctx.account}:log-group:${name}`;

/** A group by its name or ARN (with or without `:*`). */
export const groupNamed = (ctx: Context, identifier: string | undefined): LogGroup => {
  const [, fromArn] = /^arn:aws:logs:[^:]+:\d+:log-group:([^:]+)(?::\*)?$/.exec(identifier ?? '') ?? [];
  const found = logs(ctx).groups.get(fromArn ?? identifier ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return found;
};
export const streamNamed = (group: LogGroup, name: string | undefined): LogStream => {
  const found = group.streams.get(name ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return found;
};

/** The oldest timestamp, in milliseconds, that the group's retention still shows. */
const oldestShown = (ctx: Context, group: LogGroup): number =>
  group.retentionDays === undefined ? 0 : ctx.now() - group.retentionDays * 86_400_000;

/** Drops what the retention has hidden, a thousand events at a time: AWS deletes it too, and a twin that runs for long has to stay small. */
export const forget = (ctx: Context, group: LogGroup, { events }: LogStream): void => {
  const oldest = oldestShown(ctx, group);
  const hidden = events.findIndex(({ timestamp }) => timestamp >= oldest);
  if (hidden >= 1000) events.splice(0, hidden);
};

/** What a reader sees now, oldest first: events that have become visible and are within the retention. */
export const visibleEvents = (ctx: Context, group: LogGroup, stream: LogStream): LogEvent[] => {
  const now = ctx.now();
  const oldest = oldestShown(ctx, group);
  return stream.events
    .filter(({ visibleAt, timestamp }) => visibleAt <= now && timestamp >= oldest)
    .sort((one, other) => one.timestamp - other.timestamp || one.order - other.order);
};

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
