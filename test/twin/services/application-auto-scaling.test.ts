import { describe, expect, test } from '@jest/globals';
import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import type * as Ecs from '@aws-sdk/client-ecs';
import { applicationAutoScaling } from '../../../twin/services/application-auto-scaling/index.js';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { ecs } from '../../../twin/services/ecs/index.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const target = { ServiceNamespace: 'ecs', ResourceId: 'service/site/web', ScalableDimension: 'ecs:service:DesiredCount' } as const;
const metric = { Namespace: 'Web', MetricName: 'Waiting' };
const tracking = { TargetValue: 10, CustomizedMetricSpecification: { ...metric, Statistic: 'Average' as const }, ScaleOutCooldown: 60 };

const setUp = async (desiredCount = 2) => {
  const world = serviceWorld([applicationAutoScaling, cloudWatch, ecs, twoSubnets]);
  const call = <Output>(operation: string, input: object = {}) =>
    world.call<Output>('application-auto-scaling', operation, { ...target, ...input });
  await world.call('ecs', 'CreateCluster', { clusterName: 'site' });
  await world.call('ecs', 'RegisterTaskDefinition', {
    ...{ family: 'web', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    containerDefinitions: [{ name: 'web', image: 'web@sha256:00' }],
  });
  await world.call('ecs', 'CreateService', {
    ...{ cluster: 'site', serviceName: 'web', taskDefinition: 'web', desiredCount, launchType: 'FARGATE' },
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
  });
  await world.pass(60);
  return {
    ...world,
    call,
    desired: async () =>
      (await world.call<Ecs.DescribeServicesResponse>('ecs', 'DescribeServices', { cluster: 'site', services: ['web'] })).services![0]!
        .desiredCount,
    alarms: async () => (await world.call<CloudWatch.DescribeAlarmsOutput>('cloudwatch', 'DescribeAlarms')).MetricAlarms!,
    activities: async () => (await call<Scaling.DescribeScalingActivitiesResponse>('DescribeScalingActivities')).ScalingActivities!,
    /** One value a minute, for some minutes, each seen before the next. */
    publish: async (value: number, minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        await world.call('cloudwatch', 'PutMetricData', { Namespace: 'Web', MetricData: [{ MetricName: 'Waiting', Value: value }] });
        await world.pass(60);
      }
    },
  };
};

describe('a scalable target', () => {
  test.each([
    [0, 1, 4, 1, 'minimum capacity was set to 1'],
    [6, 1, 4, 4, 'maximum capacity was set to 4'],
  ])('with %s tasks desired is brought within %s and %s as it is registered', async (before, MinCapacity, MaxCapacity, after, Cause) => {
    const { call, pass, desired, activities } = await setUp(before);
    await call('RegisterScalableTarget', { MinCapacity, MaxCapacity });
    expect(await desired()).toBe(before);
    await pass(60);
    expect(await desired()).toBe(after);
    expect(await activities()).toMatchObject([{ Cause, Description: `Setting desired count to ${after}.` }]);
    await pass(120);
    const done = `Successfully set desired count to ${after}. Change successfully fulfilled by ecs.`;
    expect(await activities()).toMatchObject([{ StatusCode: 'Successful', StatusMessage: done }]);
  });

  test('is not brought back within its bounds by anything but a change of them', async () => {
    const { call, world, ctx, pass, desired } = await setUp(2);
    await call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
    await pass(60);
    await ctx().call('ecs', 'UpdateService', { cluster: 'site', service: 'web', desiredCount: 0 });
    await pass(600);
    expect(await desired()).toBe(0);
    await call('RegisterScalableTarget', { MinCapacity: 2 });
    await pass(60);
    expect(await desired()).toBe(2);
    expect(await call('DescribeScalableTargets')).toMatchObject({ ScalableTargets: [{ MinCapacity: 2, MaxCapacity: 4 }] });
    expect(world.now()).toBeGreaterThan(0);
  });

  test('whose tasks do not come up is on record as waiting, and as unfulfilled after an hour', async () => {
    const { call, pass, dataplane, activities } = await setUp(0);
    dataplane.tasks.knowsImage = () => false;
    await call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
    await pass(300);
    expect(await activities()).toMatchObject([{ StatusCode: 'InProgress' }]);
    await pass(3700);
    expect(await activities()).toMatchObject([{ StatusCode: 'Unfulfilled' }]);
  });

  test.each([
    ['without bounds', {}, 'MinCapacity must be specified when registering a new scalable target'],
    ['with bounds that cross', { MinCapacity: 3, MaxCapacity: 2 }, 'Maximum capacity cannot be less than minimum capacity'],
    [
      'of a missing service',
      { ResourceId: 'service/site/no', MinCapacity: 1, MaxCapacity: 2 },
      "ECS service doesn't exist: service/site/no",
    ],
    ['of a table', { ServiceNamespace: 'dynamodb', MinCapacity: 1, MaxCapacity: 2 }, 'NotModelled: application-auto-scaling of dynamodb'],
  ])('is refused %s', async (_what, input, message) => {
    const { call } = await setUp();
    await expect(call('RegisterScalableTarget', input)).rejects.toThrow(message);
  });

  test('takes its policies and their alarms with it', async () => {
    const { call, alarms } = await setUp();
    await call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
    await call('PutScalingPolicy', {
      PolicyName: 'track',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: tracking,
    });
    await call('DeregisterScalableTarget');
    expect(await alarms()).toEqual([]);
    expect(await call('DescribeScalingPolicies')).toEqual({ ScalingPolicies: [], NextToken: undefined });
    await expect(call('DeregisterScalableTarget')).rejects.toThrow(
      'No scalable target registered for service namespace: ecs, resource ID: service/site/web, scalable dimension: ecs:service:DesiredCount',
    );
  });
});

describe('a target tracking policy', () => {
  const tracked = async (configuration: object = tracking, bounds = { MinCapacity: 1, MaxCapacity: 5 }) => {
    const world = await setUp();
    await world.call('RegisterScalableTarget', bounds);
    await world.pass(60);
    const input = { PolicyName: 'track', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: configuration };
    const made = await world.call<Scaling.PutScalingPolicyResponse>('PutScalingPolicy', input);
    return { ...world, made, input };
  };

  test('scales out in proportion to a metric that people publish, up to the maximum, and in again', async () => {
    const { publish, desired, activities } = await tracked();
    await publish(20, 5);
    expect(await desired()).toBe(4);
    expect((await activities())[0]!.Cause).toMatch(
      /^monitor alarm TargetTracking-service\/site\/web-AlarmHigh-.* in state ALARM triggered policy track$/,
    );
    await publish(10, 3);
    await publish(2.5, 20);
    expect(await desired()).toBe(1);
  });

  test('on a metric of AWS waits for data that the twin does not have', async () => {
    const specification = { TargetValue: 60, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } };
    const { alarms, pass, desired } = await tracked(specification);
    await pass(3600);
    expect((await alarms()).map(({ StateValue, Threshold, EvaluationPeriods }) => [StateValue, Threshold, EvaluationPeriods])).toEqual([
      ['INSUFFICIENT_DATA', 60, 3],
      ['INSUFFICIENT_DATA', 54, 15],
    ]);
    expect(await desired()).toBe(2);
  });

  test('put again has new alarms in place of the old ones, and one only when it never scales in', async () => {
    const { call, input, made, alarms } = await tracked();
    const again = await call<Scaling.PutScalingPolicyResponse>('PutScalingPolicy', {
      ...input,
      TargetTrackingScalingPolicyConfiguration: { ...tracking, DisableScaleIn: true },
    });
    expect(again.PolicyARN).toBe(made.PolicyARN);
    expect((await alarms()).map(({ AlarmName }) => AlarmName)).toEqual(again.Alarms!.map(({ AlarmName }) => AlarmName));
    expect(again.Alarms).toHaveLength(1);
  });

  test('scales nothing while scaling out is suspended', async () => {
    const { call, publish, desired } = await tracked();
    await call('RegisterScalableTarget', { SuspendedState: { DynamicScalingOutSuspended: true } });
    await publish(100, 6);
    expect(await desired()).toBe(2);
  });
});

describe('a step policy', () => {
  const stepped = async (AdjustmentType: string, StepAdjustments: object[], more: object = {}) => {
    const world = await setUp(4);
    await world.call('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 20 });
    await world.pass(60);
    const { PolicyARN } = await world.call<Scaling.PutScalingPolicyResponse>('PutScalingPolicy', {
      ...{ PolicyName: 'step', PolicyType: 'StepScaling' },
      StepScalingPolicyConfiguration: { AdjustmentType, StepAdjustments, Cooldown: 60, ...more },
    });
    await world.ctx().call('cloudwatch', 'PutMetricAlarm', {
      ...{ AlarmName: 'busy', ...metric, Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 10, AlarmActions: [PolicyARN] },
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    return world;
  };
  const steps = (small: number, large: number) => [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: small },
    { MetricIntervalLowerBound: 10, ScalingAdjustment: large },
  ];

  test.each([
    ['ChangeInCapacity', 15, 5],
    ['ChangeInCapacity', 20, 7],
    ['ExactCapacity', 20, 3],
    ['PercentChangeInCapacity', 15, 5],
  ])('by %s at a value of %s goes from 4 to %s', async (type, value, expected) => {
    const { publish, desired } = await stepped(type, steps(1, 3));
    await publish(value, 2);
    expect(await desired()).toBe(expected);
  });

  test('names the alarms that people gave it, and one set by hand says why it scales nothing', async () => {
    const { call, ctx, desired } = await stepped('ChangeInCapacity', steps(1, 3));
    expect(await call('DescribeScalingPolicies')).toMatchObject({ ScalingPolicies: [{ Alarms: [{ AlarmName: 'busy' }] }] });
    await ctx().call('cloudwatch', 'SetAlarmState', { AlarmName: 'busy', StateValue: 'ALARM', StateReason: 'try' });
    const { AlarmHistoryItems } = await ctx().call<CloudWatch.DescribeAlarmHistoryOutput>('cloudwatch', 'DescribeAlarmHistory', {
      HistoryItemType: 'Action',
    });
    expect(AlarmHistoryItems![0]!.HistorySummary).toContain('alarm busy carries no value of its metric to scale by');
    expect(await desired()).toBe(4);
  });

  test.each([
    [
      'with a gap between its steps',
      [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 5, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 6, ScalingAdjustment: 2 },
      ],
      'There can not be a gap',
    ],
    ['without steps', [], 'At least one StepAdjustment must be specified'],
  ])('is refused %s', async (_what, StepAdjustments, message) => {
    await expect(stepped('ChangeInCapacity', StepAdjustments)).rejects.toThrow(message);
  });
});

test('as CloudFormation resources a target and its policy are made, changed and removed', async () => {
  const { ctx, call, alarms } = await setUp();
  const type = (name: string) => applicationAutoScaling.resourceTypes!.find((one) => one.type === `AWS::ApplicationAutoScaling::${name}`)!;
  const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => 's-l-ABC' };
  const properties = { ...target, MinCapacity: '1', MaxCapacity: '4' };
  const made = await type('ScalableTarget').create(properties, ctx(), names);
  expect(made.physicalId).toBe('service/site/web|ecs:service:DesiredCount|ecs');
  const policy = {
    ...{ PolicyName: 'track', PolicyType: 'TargetTrackingScaling', ScalingTargetId: made.physicalId },
    TargetTrackingScalingPolicyConfiguration: { ...tracking, TargetValue: '10' },
  };
  const { physicalId } = await type('ScalingPolicy').create(policy, ctx(), names);
  expect(await alarms()).toMatchObject([{ AlarmActions: [physicalId], Threshold: 10 }, { Threshold: 9 }]);
  await type('ScalableTarget').update!(made.physicalId, { ...properties, MaxCapacity: '9' }, properties, ctx(), names);
  expect(await call('DescribeScalableTargets')).toMatchObject({ ScalableTargets: [{ MaxCapacity: 9 }] });
  await type('ScalingPolicy').delete(physicalId, policy, ctx());
  await type('ScalableTarget').delete(made.physicalId, properties, ctx());
  expect(await alarms()).toEqual([]);
  await expect(type('ScalableTarget').create({ ...properties, ScheduledActions: [{}] }, ctx(), names)).rejects.toThrow('NotModelled');
});
