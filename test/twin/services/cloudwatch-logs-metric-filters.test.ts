import { describe, expect, it } from '@jest/globals';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { cloudWatchLogs } from '../../../twin/services/cloudwatch-logs/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const transformation = { metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1' };
const begin = async (filter: object | null = {}) => {
  const world = serviceWorld([cloudWatch, cloudWatchLogs]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudwatch-logs', operation, input);
  await call('CreateLogGroup', { logGroupName: 'web' });
  await call('CreateLogStream', { logGroupName: 'web', logStreamName: 'one' });
  const put = (more: object = {}) =>
    call('PutMetricFilter', {
      logGroupName: 'web',
      filterName: 'errors',
      filterPattern: 'ERROR',
      metricTransformations: [transformation],
      ...more,
    });
  if (filter) await put(filter);
  const log = (...messages: string[]) =>
    call('PutLogEvents', {
      logGroupName: 'web',
      logStreamName: 'one',
      logEvents: messages.map((message) => ({ timestamp: world.world.now(), message })),
    });
  const measured = async (more: object = {}) => {
    const input = {
      Namespace: 'Shop',
      MetricName: 'Errors',
      Period: 60,
      Statistics: ['SampleCount', 'Sum'],
      StartTime: new Date(world.world.now() - 3_600_000),
      EndTime: new Date(world.world.now() + 60_000),
      ...more,
    };
    const { Datapoints } = await world.call<{ Datapoints: CloudWatch.Datapoint[] }>('cloudwatch', 'GetMetricStatistics', input);
    return Datapoints.map(({ Timestamp, SampleCount, Sum }) => ({ at: Timestamp?.toISOString(), SampleCount, Sum }));
  };
  return { ...world, call, put, log, measured };
};

describe('a metric filter', () => {
  it('measures lines that match, at their own time, once they have become visible', async () => {
    const { log, measured, pass } = await begin();
    await log('ERROR one', 'fine', 'ERROR two');
    expect(await measured()).toEqual([]);
    await pass(60);
    expect(await measured()).toEqual([{ at: '2030-01-01T02:00:00.000Z', SampleCount: 2, Sum: 2 }]);
  });

  it('sees nothing that was written before it was made, or becomes visible after it is gone', async () => {
    const { log, measured, pass, put, call } = await begin(null);
    await log('ERROR before');
    await put();
    await pass(60);
    await log('ERROR too late');
    await call('DeleteMetricFilter', { logGroupName: 'web', filterName: 'errors' });
    await pass(60);
    expect(await measured()).toEqual([]);
  });

  it('reports its default for minutes with lines of which none matched, and for no others', async () => {
    const { log, measured, pass } = await begin({ metricTransformations: [{ ...transformation, defaultValue: 0 }] });
    await log('fine');
    await pass(120);
    await log('ERROR', 'fine');
    await pass(60);
    expect(await measured()).toEqual([
      { at: '2030-01-01T02:00:00.000Z', SampleCount: 1, Sum: 0 },
      { at: '2030-01-01T02:02:00.000Z', SampleCount: 1, Sum: 1 },
    ]);
  });

  it('takes value and dimensions from fields, and lines without them not at all', async () => {
    const { log, measured, pass } = await begin({
      filterPattern: '{ $.level = "error" }',
      metricTransformations: [{ ...transformation, metricValue: '$.cost', dimensions: { Site: '$.at.site' }, unit: 'Milliseconds' }],
    });
    const line = (cost: unknown, site?: string) => JSON.stringify({ level: 'error', cost, at: { site } });
    await log(line(7, 'dublin'), line('a lot', 'dublin'), line(5), line(3, 'dublin'), line(1, 'frankfurt'));
    await pass(60);
    const of = (Value: string) => measured({ Dimensions: [{ Name: 'Site', Value }], Unit: 'Milliseconds' });
    expect(await of('dublin')).toMatchObject([{ SampleCount: 2, Sum: 10 }]);
    expect(await of('frankfurt')).toMatchObject([{ SampleCount: 1, Sum: 1 }]);
    expect(await measured()).toEqual([]);
  });

  it('makes an alarm fire', async () => {
    const { log, pass, world, ctx } = await begin();
    const alarm = { AlarmName: 'errors', Namespace: 'Shop', MetricName: 'Errors', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1 };
    const when = { Threshold: 2, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };
    await ctx().call('cloudwatch', 'PutMetricAlarm', { ...alarm, ...when });
    await log('ERROR', 'ERROR');
    await pass(120);
    expect(await ctx().call('cloudwatch', 'DescribeAlarms', {})).toMatchObject({ MetricAlarms: [{ StateValue: 'ALARM' }] });
    await world.loseRegion('eu-west-1');
    await expect(log('ERROR')).rejects.toThrow('eu-west-1 is lost');
  });

  it('is counted, described by name and metric, and deleted once', async () => {
    const { call, put } = await begin();
    await put({ filterName: 'other', metricTransformations: [{ ...transformation, metricName: 'Other' }] });
    expect(await call('DescribeLogGroups')).toMatchObject({ logGroups: [{ metricFilterCount: 2 }] });
    const names = async (input: object) =>
      (await call<{ metricFilters: { filterName: string }[] }>('DescribeMetricFilters', input)).metricFilters.map(
        ({ filterName }) => filterName,
      );
    expect(await names({ logGroupName: 'web' })).toEqual(['errors', 'other']);
    expect(await names({ filterNamePrefix: 'o' })).toEqual(['other']);
    expect(await names({ metricName: 'Errors', metricNamespace: 'Shop' })).toEqual(['errors']);
    await expect(names({ metricName: 'Errors' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await call('DeleteMetricFilter', { logGroupName: 'web', filterName: 'errors' });
    await expect(call('DeleteMetricFilter', { logGroupName: 'web', filterName: 'errors' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it.each<[string, object, string]>([
    ['no transformation', { metricTransformations: [] }, 'InvalidParameterException'],
    ['a value that is none', { metricTransformations: [{ ...transformation, metricValue: 'many' }] }, 'InvalidParameterException'],
    ["AWS's own namespace", { metricTransformations: [{ ...transformation, metricNamespace: 'AWS/RDS' }] }, 'InvalidParameterException'],
    [
      'a default beside dimensions',
      { metricTransformations: [{ ...transformation, defaultValue: 0, dimensions: { A: '$.a' } }] },
      'InvalidParameterException',
    ],
    ['a pattern that is not modelled', { filterPattern: '[ip, user]' }, 'NotModelled'],
    ['a group that is not there', { logGroupName: 'nobody' }, 'ResourceNotFoundException'],
  ])('is refused with %s', async (_what, more, code) => {
    await expect((await begin()).put(more)).rejects.toMatchObject({ code });
  });

  it('can be tried on lines, and says what it found in their fields', async () => {
    const { call } = await begin();
    const logEventMessages = ['{"level":"error","cost":7}', 'plain', '{"level":"info"}'];
    expect(await call('TestMetricFilter', { filterPattern: '{ $.level = "error" && $.cost = 7 }', logEventMessages })).toEqual({
      matches: [{ eventNumber: 1, eventMessage: logEventMessages[0], extractedValues: { '$.level': 'error', '$.cost': '7' } }],
    });
    expect(await call('TestMetricFilter', { filterPattern: 'plain', logEventMessages })).toMatchObject({
      matches: [{ eventNumber: 2, extractedValues: {} }],
    });
  });

  it('is made, changed and deleted by CloudFormation', async () => {
    const { ctx, call } = await begin(null);
    const type = resourceTypeOf(cloudWatchLogs, 'AWS::Logs::MetricFilter');
    const MetricTransformations = [{ MetricName: 'Errors', MetricNamespace: 'Shop', MetricValue: 1, DefaultValue: '0' }];
    const properties = { FilterName: 'errors', LogGroupName: 'web', FilterPattern: 'ERROR', MetricTransformations };
    expect(await type.create(properties, ctx(), resourceNames())).toEqual({ physicalId: 'errors' });
    await type.update!('errors', { ...properties, FilterPattern: 'FATAL' }, properties, ctx(), resourceNames());
    expect(await call('DescribeMetricFilters', { logGroupName: 'web' })).toMatchObject({
      metricFilters: [{ filterPattern: 'FATAL', metricTransformations: [{ metricValue: '1', defaultValue: 0 }] }],
    });
    await type.delete('errors', properties, ctx());
    expect(await call('DescribeMetricFilters', { logGroupName: 'web' })).toMatchObject({ metricFilters: [] });
  });
});
