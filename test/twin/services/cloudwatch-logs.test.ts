import { expect, test } from '@jest/globals';
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { cloudWatchLogs } from '../../../twin/services/cloudwatch-logs/index.js';
import { matcherOf } from '../../../twin/services/cloudwatch-logs/filter-pattern.js';
import { groupNamed } from '../../../twin/services/cloudwatch-logs/records.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const place = { logGroupName: '/site/web', logStreamName: 'task-1' };
const visible = 10;
const begin = async () => {
  const world = serviceWorld([cloudWatchLogs]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudwatch-logs', operation, input);
  await call('CreateLogGroup', { logGroupName: place.logGroupName });
  await call('CreateLogStream', place);
  const write = (...messages: string[]) =>
    call<Logs.PutLogEventsCommandOutput>('PutLogEvents', {
      ...place,
      logEvents: messages.map((message) => ({ timestamp: world.world.now(), message })),
    });
  const filter = async (filterPattern?: string) =>
    (await call<Logs.FilterLogEventsCommandOutput>('FilterLogEvents', { logGroupName: place.logGroupName, filterPattern })).events!.map(
      ({ message }) => message,
    );
  return { ...world, call, write, filter };
};

test('a line is read some seconds after it was written, not before', async () => {
  const { write, filter, pass } = await begin();
  await write('canary 42');
  expect(await filter('"canary 42"')).toEqual([]);
  await pass(visible);
  expect(await filter('"canary 42"')).toEqual(['canary 42']);
});

test('writing needs a group and a stream', async () => {
  const { call } = await begin();
  const logEvents = [{ timestamp: 1, message: 'x' }];
  await expect(call('PutLogEvents', { ...place, logGroupName: 'none', logEvents })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
  await expect(call('PutLogEvents', { ...place, logStreamName: 'none', logEvents })).rejects.toMatchObject({
    message: 'The specified log stream does not exist.',
  });
  await expect(call('CreateLogGroup', { logGroupName: place.logGroupName })).rejects.toMatchObject({
    code: 'ResourceAlreadyExistsException',
  });
});

test('events out of order are refused, those too old or too new are named and left out', async () => {
  const { call, world, filter, pass } = await begin();
  const put = (...timestamps: number[]) =>
    call<Logs.PutLogEventsCommandOutput>('PutLogEvents', {
      ...place,
      logEvents: timestamps.map((timestamp) => ({ timestamp, message: `${timestamp}` })),
    });
  const now = world.now();
  await expect(put(now, now - 1)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  const hour = 3_600_000;
  const tooOld = await put(now - 15 * 24 * hour);
  expect(tooOld.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
  const tooNew = await put(now, now + 3 * hour);
  expect(tooNew.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
  await pass(visible);
  expect(await filter()).toEqual([`${now}`]);
});

test('a reader that follows the forward token sees every line once, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), async (batches, limit) => {
      const { write, call, pass } = await begin();
      const written: string[] = [];
      const seen: string[] = [];
      let nextToken: string | undefined;
      const readToEnd = async () => {
        for (;;) {
          const input = { ...place, startFromHead: true, limit, nextToken };
          const read: Logs.GetLogEventsCommandOutput = await call('GetLogEvents', input);
          seen.push(...read.events!.map(({ message }) => message!));
          if (read.nextForwardToken === nextToken) return;
          nextToken = read.nextForwardToken;
        }
      };
      for (const size of batches) {
        const lines = Array.from({ length: size }, (_, i) => `${written.length + i}`);
        await write(...lines);
        written.push(...lines);
        await pass(visible);
        await readToEnd();
      }
      expect(seen).toEqual(written);
    }),
    { numRuns: 30 },
  );
});

test('lines older than the retention are gone', async () => {
  const { call, write, filter, pass } = await begin();
  await write('old');
  await pass(2 * 86_400);
  expect(await filter()).toEqual(['old']);
  await call('PutRetentionPolicy', { logGroupName: place.logGroupName, retentionInDays: 1 });
  expect(await filter()).toEqual([]);
  await expect(call('PutRetentionPolicy', { logGroupName: place.logGroupName, retentionInDays: 2 })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
});

test('what the retention hides is not kept for ever', async () => {
  const { call, write, filter, pass, ctx } = await begin();
  await call('PutRetentionPolicy', { logGroupName: place.logGroupName, retentionInDays: 1 });
  for (let hour = 0; hour < 100; hour++) {
    await write(...Array.from({ length: 100 }, (_, n) => `hour ${hour} line ${n}`));
    await pass(3600);
  }
  expect((await filter()).length).toBe(24 * 100);
  expect(groupNamed(ctx(), place.logGroupName).streams.get(place.logStreamName)!.events.length).toBeLessThan(3700);
});

test.each([
  ['ERROR', 'an ERROR here', true],
  ['error', 'an ERROR here', false],
  ['"two words"', 'these two words', true],
  ['"two words"', 'two other words', false],
  ['one two', 'two and one', true],
  ['one -two', 'two and one', false],
  ['?one ?two', 'only two', true],
  ['{ $.kind = "canary" && $.id = 7 }', '{"kind":"canary","id":7}', true],
  ['{ $.kind = "canary" && $.id = 7 }', '{"kind":"canary","id":8}', false],
  ['{ $.a.b = "x*" }', '{"a":{"b":"xyz"}}', true],
  ['{ $.kind != "canary" }', '{"kind":"other"}', true],
  ['{ $.kind = "canary" }', 'not json', false],
])('the pattern %s on %s matches: %s', (pattern, message, expected) => {
  expect(matcherOf(pattern)(message)).toBe(expected);
});

test('a pattern that is wrong or not modelled is refused', () => {
  expect(() => matcherOf('a.b')).toThrow('Invalid filter pattern');
  expect(() => matcherOf('%regex%')).toThrow('NotModelled');
  expect(() => matcherOf('{ $.n > 3 }')).toThrow('NotModelled');
});

test('groups are listed by prefix with their ARN', async () => {
  const { call } = await begin();
  await call('CreateLogGroup', { logGroupName: '/other' });
  expect(await call('DescribeLogGroups', { logGroupNamePrefix: '/site' })).toMatchObject({
    logGroups: [{ logGroupName: '/site/web', arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/site/web:*' }],
  });
});

test('streams are ordered by their last event', async () => {
  const { call, write, pass } = await begin();
  await call('CreateLogStream', { ...place, logStreamName: 'task-2' });
  await write('x');
  await pass(visible);
  const input = { logGroupName: place.logGroupName, orderBy: 'LastEventTime', descending: true };
  expect(await call('DescribeLogStreams', input)).toMatchObject({ logStreams: [{ logStreamName: 'task-1' }, { logStreamName: 'task-2' }] });
});

test('CloudFormation makes, changes and deletes a log group', async () => {
  const { call, ctx } = await begin();
  const type = resourceTypeOf(cloudWatchLogs, 'AWS::Logs::LogGroup');
  const first = { LogGroupName: '/made', RetentionInDays: '30', Tags: [{ Key: 'site', Value: 'dublin' }] };
  const made = await type.create(first, ctx(), resourceNames());
  expect(made).toEqual({ physicalId: '/made', attributes: { Arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/made:*' } });
  const read = async () => (await call<{ logGroups: Logs.LogGroup[] }>('DescribeLogGroups', { logGroupNamePrefix: '/made' })).logGroups[0];
  expect((await read())?.retentionInDays).toBe(30);
  await type.update!('/made', { LogGroupName: '/made' }, first, ctx(), resourceNames());
  expect((await read())?.retentionInDays).toBeUndefined();
  await type.delete('/made', {}, ctx());
  expect(await read()).toBeUndefined();
});
