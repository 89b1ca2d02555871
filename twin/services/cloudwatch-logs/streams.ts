import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { groupArn, groupNamed, invalid, streamNamed, visibleEvents, type LogGroup, type LogStream } from './records.js';

const described = (ctx: Context, group: LogGroup, stream: LogStream): Logs.LogStream => {
  const events = visibleEvents(ctx, group, stream);
  const [first, last] = [events[0], events.at(-1)];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    arn: `${groupArn(ctx, group.name)}:log-stream:${stream.name}`,
    storedBytes: 0,
    ...(first && last
      ? {
          firstEventTimestamp: first.timestamp,
          lastEventTimestamp: last.timestamp,
          lastIngestionTime: Math.max(...events.map(({ ingestedAt }) => ingestedAt)),
        }
      : {}),
  };
};

export const streams = {
  CreateLogStream: ({ logGroupName, logStreamName }, ctx) => {
    const group = groupNamed(ctx, logGroupName);
    const name = need(logStreamName, 'logStreamName', 'InvalidParameterException');
    if (!/^[^:*]{1,512}$/.test(name)) {
      throw invalid(
        "1 validation error detected: Value at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*",
      );
    }
    if (group.streams.has(name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    group.streams.set(name, { name, createdAt: ctx.now(), events: [] });
    return {};
  },
  DescribeLogStreams: (input, ctx) => {
    accept('logs.DescribeLogStreams', input, [
      'logGroupName',
      'logGroupIdentifier',
      'logStreamNamePrefix',
      'orderBy',
      'descending',
      'nextToken',
      'limit',
    ]);
    const group = groupNamed(ctx, input.logGroupName ?? input.logGroupIdentifier);
    const byTime = input.orderBy === 'LastEventTime';
    if (byTime && input.logStreamNamePrefix !== undefined) throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
    const found = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map((stream) => described(ctx, group, stream));
    if (byTime) found.sort((one, other) => (one.lastEventTimestamp ?? 0) - (other.lastEventTimestamp ?? 0));
    if (input.descending) found.reverse();
    const badToken = (): AwsError => invalid('The specified nextToken is invalid.');
    const { items, next } = page(found, { token: input.nextToken, most: input.limit ?? 50 }, badToken);
    return { logStreams: items, nextToken: next };
  },
  DeleteLogStream: ({ logGroupName, logStreamName }, ctx) => {
    const group = groupNamed(ctx, logGroupName);
    group.streams.delete(streamNamed(group, logStreamName).name);
    return {};
  },
} satisfies Operations<typeof Logs>;
