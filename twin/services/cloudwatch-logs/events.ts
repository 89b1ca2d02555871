import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { matcherOf } from './filter-pattern.js';
import { publishLater } from './metric-publishing.js';
import { forget, groupNamed, invalid, logs, streamNamed, visibleEvents, type LogEvent, type LogGroup } from './records.js';

const day = 86_400_000;
const mostEvents = 10_000;

const checkBatch = (events: readonly Logs.InputLogEvent[]): void => {
  if (events.length === 0 || events.length > mostEvents) {
    throw invalid(
      "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and 10000",
    );
  }
  if (events.some(({ message }) => !message)) throw invalid('Log event message must be non-empty.');
  const times = events.map(({ timestamp }) => timestamp ?? 0);
  if (times.some((time, at) => at > 0 && time < times[at - 1]!)) {
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  }
  if (times.at(-1)! - times[0]! > day)
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
};

/** Events too old, expired or too new are not taken; the answer says from which or up to which index. */
const sorted = (ctx: Context, group: LogGroup, events: readonly Logs.InputLogEvent[]) => {
  const now = ctx.now();
  const times = events.map(({ timestamp }) => timestamp ?? 0);
  const before = (limit: number): number => times.filter((time) => time < limit).length;
  const tooOld = before(now - 14 * day);
  const expired = group.retentionDays === undefined ? 0 : before(now - group.retentionDays * day);
  const tooNew = before(now + 2 * 3_600_000 + 1);
  const rejected: Logs.RejectedLogEventsInfo = {
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
    ...(tooNew < events.length ? { tooNewLogEventStartIndex: tooNew } : {}),
  };
  return { taken: events.slice(Math.max(tooOld, expired), tooNew), rejected };
};

/** `f/TIMESTAMP/ORDER` and `b/TIMESTAMP/ORDER`: a place between events, and a direction. */
const token = (direction: 'f' | 'b', at: Pick<LogEvent, 'timestamp' | 'order'> | undefined): string =>
  `${direction}/${at?.timestamp ?? -1}/${at?.order ?? -1}`;
const place = (text: string): { forward: boolean; timestamp: number; order: number } => {
  const [, direction, timestamp, order] = /^([fb])\/(-?\d+)\/(-?\d+)$/.exec(text) ?? [];
  if (order === undefined) throw invalid('The specified nextToken is invalid.');
  return { forward: direction === 'f', timestamp: Number(timestamp), order: Number(order) };
};
const compared = (event: LogEvent, at: { timestamp: number; order: number }): number =>
  event.timestamp - at.timestamp || event.order - at.order;

const within =
  ({ startTime, endTime }: { startTime?: number | undefined; endTime?: number | undefined }) =>
  (event: LogEvent) =>
    event.timestamp >= (startTime ?? 0) && event.timestamp < (endTime ?? Infinity);

export const events = {
  PutLogEvents: (input, ctx) => {
    accept('logs.PutLogEvents', input, ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken']);
    const group = groupNamed(ctx, input.logGroupName);
    const stream = streamNamed(group, input.logStreamName);
    const batch = need(input.logEvents, 'logEvents', 'InvalidParameterException');
    checkBatch(batch);
    const { taken, rejected } = sorted(ctx, group, batch);
    const state = logs(ctx);
    // Real processes write: how many of their lines come in one piece, and which first, is not the seed's to say. The moment is.
    const visibleAt = ctx.now() + ctx.takes('logs.event-visible', 'by-moment') * 1000;
    forget(ctx, group, stream);
    const added = taken.map(({ timestamp, message }): LogEvent => {
      return { timestamp: timestamp!, message: message!, ingestedAt: ctx.now(), visibleAt, order: ++state.events };
    });
    stream.events.push(...added);
    publishLater(ctx, group, added);
    return {
      nextSequenceToken: String(state.events).padStart(56, '0'),
      ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}),
    };
  },
  GetLogEvents: (input, ctx) => {
    accept('logs.GetLogEvents', input, [
      'logGroupName',
      'logGroupIdentifier',
      'logStreamName',
      'startTime',
      'endTime',
      'nextToken',
      'limit',
      'startFromHead',
    ]);
    const group = groupNamed(ctx, input.logGroupName ?? input.logGroupIdentifier);
    const all = visibleEvents(ctx, group, streamNamed(group, input.logStreamName)).filter(within(input));
    const from = input.nextToken === undefined ? undefined : place(input.nextToken);
    const left = from === undefined ? all : all.filter((event) => (from.forward ? compared(event, from) > 0 : compared(event, from) < 0));
    const forward = from?.forward ?? input.startFromHead ?? false;
    const most = Math.min(input.limit ?? mostEvents, mostEvents);
    const shown = forward ? left.slice(0, most) : left.slice(-most);
    return {
      events: shown.map(({ timestamp, message, ingestedAt }) => ({ timestamp, message, ingestionTime: ingestedAt })),
      // A reader that gets the token it gave has reached the end.
      nextForwardToken: token('f', shown.at(-1) ?? from),
      nextBackwardToken: token('b', shown[0] ?? from),
    };
  },
  FilterLogEvents: (input, ctx) => {
    accept('logs.FilterLogEvents', input, [
      'logGroupName',
      'logGroupIdentifier',
      'logStreamNames',
      'logStreamNamePrefix',
      'startTime',
      'endTime',
      'filterPattern',
      'nextToken',
      'limit',
      'interleaved',
      'startFromHead',
    ]);
    const group = groupNamed(ctx, input.logGroupName ?? input.logGroupIdentifier);
    if (input.logStreamNames?.length && input.logStreamNamePrefix !== undefined) {
      throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive.');
    }
    const streams = input.logStreamNames?.length
      ? input.logStreamNames.map((name) => streamNamed(group, name))
      : [...group.streams.values()].filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''));
    const matches = matcherOf(input.filterPattern);
    const found = streams
      .flatMap((stream) => visibleEvents(ctx, group, stream).map((event) => ({ ...event, stream: stream.name })))
      .filter((event) => within(input)(event) && matches(event.message))
      .sort((one, other) => compared(one, other));
    const asked = { token: input.nextToken, most: Math.min(input.limit ?? mostEvents, mostEvents) };
    const { items, next } = page(found, asked, () => invalid('The specified nextToken is invalid.'));
    return {
      events: items.map(({ stream, timestamp, message, ingestedAt, order }) => ({
        logStreamName: stream,
        timestamp,
        message,
        ingestionTime: ingestedAt,
        eventId: `${timestamp}${order}`.padStart(56, '0'),
      })),
      searchedLogStreams: [],
      nextToken: next,
    };
  },
} satisfies Operations<typeof Logs>;
