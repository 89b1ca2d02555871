import { describe, expect, test } from '@jest/globals';
import type * as R53 from '@aws-sdk/client-route-53';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { a, zoneWorld } from '../../helpers/zone-world.js';

const region = 'eu-west-1';
const alarm = {
  AlarmName: 'errors',
  Namespace: 'Site',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

/** A failover pair whose primary follows an alarm of eu-west-1. */
const followed = async (config: Partial<R53.HealthCheckConfig> = {}, changes: object = {}) => {
  const world = await zoneWorld([cloudWatch]);
  const cloudwatch = (operation: string, input: object) => world.callOther('cloudwatch', operation, input, region);
  await cloudwatch('PutMetricAlarm', { ...alarm, ...changes });
  const HealthCheckConfig = { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Region: region, Name: 'errors' }, ...config };
  const { HealthCheck } = await world.call<R53.CreateHealthCheckResponse>('CreateHealthCheck', { CallerReference: 'c', HealthCheckConfig });
  await world.change(
    ['CREATE', a('www.example.com', '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId: HealthCheck!.Id })],
    ['CREATE', a('www.example.com', '192.0.2.2', { Failover: 'SECONDARY', SetIdentifier: 'two' })],
  );
  await world.pass(120);
  return {
    ...world,
    HealthCheck: HealthCheck!,
    cloudwatch,
    errors: (Value: number) => cloudwatch('PutMetricData', { Namespace: 'Site', MetricData: [{ MetricName: 'Errors', Value }] }),
    isHealthy: () => world.data('www.example.com')[0] === '192.0.2.1',
  };
};

describe('a health check of a CloudWatch alarm', () => {
  test('follows the metric there and back, and shows the alarm’s settings as it took them', async () => {
    const { errors, isHealthy, pass, HealthCheck } = await followed();
    expect(HealthCheck.CloudWatchAlarmConfiguration).toMatchObject({ MetricName: 'Errors', Threshold: 1, Period: 60 });
    expect(isHealthy()).toBe(true);
    await errors(5);
    await pass(180);
    expect(isHealthy()).toBe(false);
    await errors(0);
    await pass(180);
    expect(isHealthy()).toBe(true);
  });

  test('is moved by no SetAlarmState, as it watches the data and not the state', async () => {
    const { cloudwatch, isHealthy, pass } = await followed();
    await cloudwatch('SetAlarmState', { AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'test' });
    await pass(50);
    expect(isHealthy()).toBe(true);
  });

  test('keeps its copy of an alarm that changes, until it is updated itself', async () => {
    const { call, cloudwatch, errors, isHealthy, pass, HealthCheck } = await followed();
    await cloudwatch('PutMetricAlarm', { ...alarm, Threshold: 100 });
    await errors(5);
    await pass(180);
    expect(isHealthy()).toBe(false);
    await call('UpdateHealthCheck', { HealthCheckId: HealthCheck.Id, Disabled: false });
    await errors(5);
    await pass(120);
    expect(isHealthy()).toBe(true);
  });

  test.each<[R53.InsufficientDataHealthStatus, boolean]>([
    ['Healthy', true],
    ['Unhealthy', false],
    ['LastKnownStatus', false],
  ])('counts as %s says when the region of its alarm is lost', async (InsufficientDataHealthStatus, healthy) => {
    const { errors, isHealthy, pass, world } = await followed({ InsufficientDataHealthStatus });
    await errors(5);
    await pass(150);
    expect(isHealthy()).toBe(false);
    await world.loseRegion(region);
    await pass(120);
    expect(isHealthy()).toBe(healthy);
  });

  test.each<[string, object, string]>([
    ['that is not there', { AlarmName: 'others' }, 'could not be found'],
    ['on a percentile', { Statistic: undefined, ExtendedStatistic: 'p99' }, 'extended statistics'],
    ['of m out of n', { EvaluationPeriods: 3, DatapointsToAlarm: 2 }, 'M out of N'],
  ])('is refused for an alarm %s', async (_what, changes, message) => {
    await expect(followed({}, changes)).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(message) as unknown,
    });
  });
});
