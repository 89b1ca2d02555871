import { describe, expect, it } from '@jest/globals';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { sns } from '../../../twin/services/sns/index.js';
import { sqs } from '../../../twin/services/sqs/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';
const account = '111122223333';
const topic = `arn:aws:sns:${region}:${account}:alerts`;
const queue = `arn:aws:sqs:${region}:${account}:alerts`;
const probe = {
  AlarmName: 'probe',
  AlarmDescription: 'a probe',
  AlarmActions: [topic],
  Namespace: 'Altsite',
  MetricName: 'RecoveryProbe',
  Dimensions: [{ Name: 'Site', Value: 'dublin' }],
  Statistic: 'SampleCount',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};
const letIn = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' };

/** Alarm, topic, subscription and queue, each link whole. */
const begin = async () => {
  const world = serviceWorld([cloudWatch, sns, sqs]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudwatch', operation, input);
  await world.call('sns', 'CreateTopic', { Name: 'alerts' });
  const Attributes = { Policy: JSON.stringify({ Statement: [letIn] }) };
  const { QueueUrl } = await world.call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: 'alerts', Attributes });
  const { SubscriptionArn } = await world.call<{ SubscriptionArn: string }>('sns', 'Subscribe', {
    TopicArn: topic,
    Protocol: 'sqs',
    Endpoint: queue,
  });
  await call('PutMetricAlarm', probe);
  await world.pass(60);
  const fires = () => call('SetAlarmState', { AlarmName: 'probe', StateValue: 'ALARM', StateReason: 'by hand' });
  const publishes = () =>
    call('PutMetricData', { Namespace: 'Altsite', MetricData: [{ MetricName: 'RecoveryProbe', Dimensions: probe.Dimensions, Value: 1 }] });
  const inQueue = async () => {
    await world.pass(10);
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
    const { Messages = [] } = await world.call<{ Messages?: { Body: string }[] }>('sqs', 'ReceiveMessage', input);
    return Messages.map(({ Body }) => {
      const { Subject, Message } = JSON.parse(Body) as { Subject: string; Message: string };
      return { Subject, ...(JSON.parse(Message) as object) };
    });
  };
  const actions = async () => {
    const input = { AlarmName: 'probe', HistoryItemType: 'Action', ScanBy: 'TimestampAscending' };
    const { AlarmHistoryItems } = await call<{ AlarmHistoryItems: CloudWatch.AlarmHistoryItem[] }>('DescribeAlarmHistory', input);
    return AlarmHistoryItems.map(({ HistorySummary, HistoryData }) => ({
      summary: HistorySummary,
      data: JSON.parse(HistoryData ?? '') as { actionState: string; error: string | null; publishedMessage: object },
    }));
  };
  return { ...world, call, fires, publishes, inQueue, actions, SubscriptionArn, QueueUrl };
};

describe('an alarm that acts on a topic', () => {
  it('tells a subscribed queue that a published value made it fire', async () => {
    const { publishes, pass, inQueue, actions } = await begin();
    await publishes();
    await pass(120);
    expect(await inQueue()).toEqual([
      {
        Subject: 'ALARM: "probe" in EU (Ireland)',
        AlarmName: 'probe',
        AlarmDescription: 'a probe',
        AWSAccountId: account,
        AlarmConfigurationUpdatedTimestamp: '2030-01-01T02:00:00.000+0000',
        NewStateValue: 'ALARM',
        NewStateReason: expect.stringContaining('1 datapoint [1.0 (01/01/30 02:01:00)]') as unknown,
        StateChangeTime: '2030-01-01T02:02:00.000+0000',
        Region: 'EU (Ireland)',
        AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:probe`,
        OldStateValue: 'OK',
        OKActions: [],
        AlarmActions: [topic],
        InsufficientDataActions: [],
        Trigger: {
          MetricName: 'RecoveryProbe',
          Namespace: 'Altsite',
          StatisticType: 'Statistic',
          Statistic: 'SAMPLE_COUNT',
          Unit: null,
          Dimensions: [{ name: 'Site', value: 'dublin' }],
          Period: 60,
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Threshold: 1,
          TreatMissingData: 'notBreaching',
          EvaluateLowSampleCountPercentile: '',
        },
      },
    ]);
    expect(await actions()).toMatchObject([
      {
        summary: `Successfully executed action ${topic}`,
        data: { actionState: 'Succeeded', error: null, publishedMessage: { AlarmName: 'probe' } },
      },
    ]);
  });

  it('tells it as well when somebody sets its state, and once only while that lasts', async () => {
    const { fires, inQueue } = await begin();
    await fires();
    await fires();
    expect(await inQueue()).toMatchObject([{ NewStateValue: 'ALARM', NewStateReason: 'by hand', OldStateValue: 'OK' }]);
  });

  it('tells what each state asks for', async () => {
    const { call, inQueue, pass } = await begin();
    await call('PutMetricAlarm', { ...probe, AlarmActions: [], OKActions: [topic] });
    await call('SetAlarmState', { AlarmName: 'probe', StateValue: 'ALARM', StateReason: 'by hand' });
    expect(await inQueue()).toEqual([]);
    await pass(60);
    expect(await inQueue()).toMatchObject([{ Subject: 'OK: "probe" in EU (Ireland)', NewStateValue: 'OK', OldStateValue: 'ALARM' }]);
  });
});

describe('the chain is broken', () => {
  it('by the policy of the topic, and the history says who may not do what', async () => {
    const { world, fires, inQueue, actions, ctx } = await begin();
    const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: topic }];
    const input = { TopicArn: topic, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement }) };
    await ctx().call('sns', 'SetTopicAttributes', input);
    await fires();
    const error = `Resource: arn:aws:cloudwatch:${region}:${account}:alarm:probe is not authorized to perform: SNS:Publish on resource: ${topic}`;
    expect(await actions()).toMatchObject([
      { summary: `Failed to execute action ${topic}. Received error: "${error}"`, data: { actionState: 'Failed', error } },
    ]);
    expect(await inQueue()).toEqual([]);
    expect(world.pendingEvents).toBe(1);
  });

  it('by a topic that is gone', async () => {
    const { ctx, fires, actions } = await begin();
    await ctx().call('sns', 'DeleteTopic', { TopicArn: topic });
    await fires();
    expect(await actions()).toMatchObject([{ data: { actionState: 'Failed', error: 'Topic does not exist' } }]);
  });

  it('behind the topic, which the alarm does not know', async () => {
    const { ctx, fires, actions, inQueue, SubscriptionArn } = await begin();
    await ctx().call('sns', 'Unsubscribe', { SubscriptionArn });
    await fires();
    expect(await actions()).toMatchObject([{ data: { actionState: 'Succeeded' } }]);
    expect(await inQueue()).toEqual([]);
  });

  it('by the policy of the queue', async () => {
    const { ctx, fires, inQueue, QueueUrl } = await begin();
    await ctx().call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } });
    await fires();
    expect(await inQueue()).toEqual([]);
  });

  it('by actions that are disabled, until they are enabled and the state changes again', async () => {
    const { call, fires, inQueue, actions, pass } = await begin();
    await call('DisableAlarmActions', { AlarmNames: ['probe'] });
    await fires();
    expect(await actions()).toEqual([]);
    await call('EnableAlarmActions', { AlarmNames: ['probe'] });
    await pass(60);
    await fires();
    expect(await inQueue()).toHaveLength(1);
  });

  it('by an action that the twin cannot carry out, which is said and not hidden', async () => {
    const { call, fires, actions } = await begin();
    const action = `arn:aws:lambda:${region}:${account}:function:page`;
    await call('PutMetricAlarm', { ...probe, AlarmActions: [action] });
    await fires();
    expect(await actions()).toMatchObject([
      { summary: expect.stringMatching(`Failed to execute action ${action}. Received error`) as unknown },
    ]);
  });
});

it('an alarm acts in its own region only', async () => {
  const { call } = await begin();
  const put = (action: string) => call('PutMetricAlarm', { ...probe, AlarmActions: [action] });
  await expect(put(`arn:aws:sns:eu-central-1:${account}:alerts`)).rejects.toMatchObject({
    code: 'ValidationError',
    message: 'Invalid region eu-central-1 specified. Only eu-west-1 is supported.',
  });
  await expect(put('alerts')).rejects.toMatchObject({ code: 'ValidationError' });
});

it('a lost region notifies nobody, not even of an alarm that had fired before', async () => {
  const { fires, pass, world, ledger } = await begin();
  await fires();
  await world.loseRegion(region);
  await pass(3600);
  expect(ledger.since().filter(({ service, via }) => service === 'sqs' && via === 'sns')).toEqual([]);
  await expect(fires()).rejects.toThrow('eu-west-1 is lost');
});
