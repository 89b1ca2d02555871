import { expect, test } from '@jest/globals';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const visible = 30;
const metric = { Namespace: 'Altsite', MetricName: 'RecoveryProbe' };
const Dimensions = [{ Name: 'Site', Value: 'dublin' }];
const probe = {
  AlarmName: 'probe',
  ...metric,
  Dimensions,
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};
const begin = () => {
  const world = serviceWorld([cloudWatch]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudwatch', operation, input);
  const publish = (Value: number, more: object = {}) =>
    call('PutMetricData', { Namespace: metric.Namespace, MetricData: [{ MetricName: metric.MetricName, Dimensions, Value, ...more }] });
  const alarm = async () =>
    (await call<{ MetricAlarms: CloudWatch.MetricAlarm[] }>('DescribeAlarms', { AlarmNames: ['probe'] })).MetricAlarms[0]!;
  const history = async (HistoryItemType: string) => {
    const input = { AlarmName: 'probe', HistoryItemType, ScanBy: 'TimestampAscending' };
    const { AlarmHistoryItems } = await call<{ AlarmHistoryItems: CloudWatch.AlarmHistoryItem[] }>('DescribeAlarmHistory', input);
    return AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary);
  };
  return { ...world, call, publish, alarm, history };
};
type World = ReturnType<typeof begin>;
const statistics = (world: World, Statistics: string[], more: object = {}) => {
  const [StartTime, EndTime] = [new Date(world.world.now() - 3_600_000), new Date(world.world.now() + 3_600_000)];
  const input = { ...metric, Dimensions, Period: 60, StartTime, EndTime, Statistics, ...more };
  return world.call<{ Datapoints: CloudWatch.Datapoint[] }>('GetMetricStatistics', input).then(({ Datapoints }) => Datapoints);
};

test('a value is seen some seconds after it was published, not before', async () => {
  const world = begin();
  await world.publish(1);
  expect(await statistics(world, ['Sum'])).toEqual([]);
  expect(await world.call('ListMetrics')).toMatchObject({ Metrics: [] });
  await world.pass(visible);
  expect(await statistics(world, ['Sum'])).toMatchObject([{ Sum: 1 }]);
  expect(await world.call('ListMetrics')).toMatchObject({ Metrics: [{ ...metric, Dimensions }] });
});

test('values of one period are one data point, by every statistic', async () => {
  const world = begin();
  await world.publish(1);
  await world.publish(2, { Value: undefined, Values: [3, 8], Counts: [2, 1] });
  await world.pass(visible);
  const [point] = await statistics(world, ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'], { ExtendedStatistics: ['p50'] });
  expect(point).toMatchObject({ SampleCount: 4, Sum: 15, Average: 3.75, Minimum: 1, Maximum: 8, ExtendedStatistics: { p50: 3 } });
});

test('metric data comes by query, newest first unless asked otherwise', async () => {
  const { publish, pass, world, call } = begin();
  await publish(1);
  await pass(60);
  await publish(2);
  await pass(visible);
  const asked = (more: object) => ({
    MetricDataQueries: [{ Id: 'm', MetricStat: { Metric: { ...metric, Dimensions }, Period: 60, Stat: 'Maximum' } }],
    StartTime: new Date(world.now() - 3_600_000),
    EndTime: new Date(world.now()),
    ...more,
  });
  expect(await call('GetMetricData', asked({}))).toMatchObject({
    MetricDataResults: [{ Id: 'm', Values: [2, 1], StatusCode: 'Complete' }],
  });
  expect(await call('GetMetricData', asked({ ScanBy: 'TimestampAscending' }))).toMatchObject({ MetricDataResults: [{ Values: [1, 2] }] });
  await expect(call('GetMetricData', asked({ MetricDataQueries: [{ Id: 'e', Expression: 'm*2' }] }))).rejects.toMatchObject({
    code: 'NotModelled',
  });
});

test('what cannot be a metric is refused', async () => {
  const { call, publish } = begin();
  await expect(call('PutMetricData', { Namespace: 'AWS/RDS', MetricData: [{ MetricName: 'x', Value: 1 }] })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
  await expect(publish(NaN)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(publish(1, { Values: [1] })).rejects.toMatchObject({ code: 'InvalidParameterCombinationException' });
  await expect(publish(1, { Timestamp: new Date(0) })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});

test('an alarm begins without data, is OK at its first look, fires on published data and recovers when the data has passed', async () => {
  const { call, alarm, publish, pass, history } = begin();
  await call('PutMetricAlarm', probe);
  expect(await alarm()).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', StateReason: 'Unchecked: Initial alarm creation' });
  await pass(60);
  expect(await alarm()).toMatchObject({
    StateValue: 'OK',
    StateReason: 'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  });
  await publish(1);
  await pass(60);
  expect(await alarm()).toMatchObject({
    StateValue: 'ALARM',
    StateReason: 'Threshold Crossed: 1 datapoint [1.0 (01/01/30 02:01:00)] was greater than or equal to the threshold (1.0).',
  });
  await pass(180);
  expect((await alarm()).StateValue).toBe('OK');
  expect(await history('StateUpdate')).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to OK',
    'Alarm updated from OK to ALARM',
    'Alarm updated from ALARM to OK',
  ]);
});

test('a value below the threshold, or of another site, does not fire the alarm', async () => {
  const { call, alarm, publish, pass } = begin();
  await call('PutMetricAlarm', probe);
  await publish(0.5);
  await publish(1, { Dimensions: [{ Name: 'Site', Value: 'frankfurt' }] });
  await pass(120);
  expect((await alarm()).StateValue).toBe('OK');
});

test('a state set by hand lasts until the next evaluation', async () => {
  const { call, alarm, pass } = begin();
  await call('PutMetricAlarm', probe);
  await pass(60);
  await call('SetAlarmState', { AlarmName: 'probe', StateValue: 'ALARM', StateReason: 'by hand' });
  expect((await alarm()).StateValue).toBe('ALARM');
  await pass(60);
  expect((await alarm()).StateValue).toBe('OK');
});

test('an alarm of a lost region is not evaluated', async () => {
  const { call, publish, pass, world, ctx } = begin();
  await call('PutMetricAlarm', probe);
  await publish(1);
  await world.loseRegion('eu-west-1');
  await pass(600);
  await expect(call('DescribeAlarms')).rejects.toThrow('eu-west-1 is lost');
  expect(await ctx('eu-central-1').call('cloudwatch', 'DescribeAlarms', {})).toMatchObject({ MetricAlarms: [] });
});

test('a deleted alarm is evaluated no more and leaves its history', async () => {
  const { call, pass, history, world } = begin();
  await call('PutMetricAlarm', probe);
  await call('DeleteAlarms', { AlarmNames: ['probe'] });
  await pass(60);
  expect(world.pendingEvents).toBe(0);
  expect(await history('ConfigurationUpdate')).toEqual(['Alarm "probe" created', 'Alarm "probe" deleted']);
  await expect(call('DeleteAlarms', { AlarmNames: ['probe'] })).rejects.toMatchObject({ code: 'ResourceNotFound' });
});

test('an alarm made by a stack operation is not waited for by it', async () => {
  const { ctx, alarm, world } = begin();
  const operation = ctx().operation('stack');
  await operation.call('cloudwatch', 'PutMetricAlarm', probe);
  expect(await operation.completeOperation('stack')).toBe(0);
  expect([(await alarm()).StateValue, world.pendingEvents]).toEqual(['INSUFFICIENT_DATA', 1]);
});

test('an alarm that cannot be evaluated is refused', async () => {
  const { call } = begin();
  const put = (more: object) => call('PutMetricAlarm', { ...probe, ...more });
  await expect(put({ DatapointsToAlarm: 2 })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(put({ Period: 45 })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(put({ Threshold: undefined })).rejects.toMatchObject({ code: 'MissingRequiredParameterException' });
  await expect(put({ Metrics: [{ Id: 'm' }] })).rejects.toMatchObject({ code: 'NotModelled' });
});

test('CloudFormation makes, changes and deletes an alarm, which keeps its state', async () => {
  const { ctx, alarm, pass, call } = begin();
  const type = resourceTypeOf(cloudWatch, 'AWS::CloudWatch::Alarm');
  const made = await type.create({ ...probe, Period: '60' }, ctx(), resourceNames());
  expect(made).toEqual({ physicalId: 'probe', attributes: { Arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:probe' } });
  await pass(60);
  await type.update!('probe', { ...probe, Threshold: 2 }, probe, ctx(), resourceNames());
  expect(await alarm()).toMatchObject({ Threshold: 2, StateValue: 'OK' });
  await type.delete('probe', {}, ctx());
  expect(await call('DescribeAlarms')).toMatchObject({ MetricAlarms: [] });
});
