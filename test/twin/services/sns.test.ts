import { describe, expect, it } from '@jest/globals';
import type * as SNS from '@aws-sdk/client-sns';
import { sns } from '../../../twin/services/sns/index.js';
import { sqs } from '../../../twin/services/sqs/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';
const queueArn = `arn:aws:sqs:${region}:111122223333:alerts`;
const letIn = (arn: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: '*',
  Condition: { ArnEquals: { 'aws:SourceArn': arn } },
});
const begin = async () => {
  const world = serviceWorld([sns, sqs]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) => world.call<Output>('sns', operation, input);
  const { TopicArn } = await call<{ TopicArn: string }>('CreateTopic', { Name: 'alerts' });
  const queueIn = async (where: string) => {
    const { QueueUrl } = await world.call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: 'alerts' }, where);
    const Policy = JSON.stringify({ Statement: [letIn(TopicArn)] });
    await world.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } }, where);
    return QueueUrl;
  };
  const QueueUrl = await queueIn(region);
  const subscribe = (more: object = {}) =>
    call<{ SubscriptionArn: string }>('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn, ...more });
  const publish = (Message: string, more: object = {}) => call('Publish', { TopicArn, Message, ...more });
  const arrived = async (url = QueueUrl, where = region) => {
    await world.pass(10);
    const { Messages = [] } = await world.call<{ Messages?: { Body: string; MessageAttributes?: object }[] }>(
      'sqs',
      'ReceiveMessage',
      { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] },
      where,
    );
    return Messages;
  };
  return { ...world, call, TopicArn, QueueUrl, queueIn, subscribe, publish, arrived };
};
const rejects = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

describe('a notification', () => {
  it('arrives in a subscribed queue, in an envelope, a moment after it was published', async () => {
    const { subscribe, publish, arrived, TopicArn, ledger } = await begin();
    await subscribe();
    const { MessageId } = await publish('the house is on fire', { Subject: 'ALARM' });
    const [message] = await arrived();
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'ALARM',
      Message: 'the house is on fire',
      Timestamp: '2030-01-01T02:00:00.000Z',
      UnsubscribeURL: expect.stringContaining('http://127.0.0.1') as unknown,
    });
    expect(ledger.since().filter(({ via }) => via === 'sns')).toMatchObject([{ service: 'sqs', operation: 'SendMessage', plane: 'data' }]);
  });

  it('arrives bare, with its attributes, where raw delivery is asked for', async () => {
    const { subscribe, publish, arrived } = await begin();
    await subscribe({ Attributes: { RawMessageDelivery: 'true' } });
    const MessageAttributes = { Kind: { DataType: 'String', StringValue: 'test' } };
    await publish('bare', { MessageAttributes });
    expect(await arrived()).toMatchObject([{ Body: 'bare', MessageAttributes }]);
  });

  it.each<[string, object[]]>([
    ['says nothing', []],
    ['lets another topic in', [letIn(`arn:aws:sns:${region}:111122223333:other`)]],
    ['denies it', [letIn(`arn:aws:sns:${region}:111122223333:alerts`), { ...letIn('*'), Effect: 'Deny', Condition: {} }]],
  ])('does not arrive in a queue whose policy %s', async (_what, Statement) => {
    const { subscribe, publish, arrived, QueueUrl, ctx, ledger } = await begin();
    await ctx().call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: JSON.stringify({ Statement }) } });
    await subscribe();
    await publish('lost');
    expect(await arrived()).toEqual([]);
    expect(ledger.since().find(({ via }) => via === 'sns')).toMatchObject({ error: 'AccessDenied' });
  });

  it('does not arrive where nobody subscribed any more, and that a queue is gone disturbs no other', async () => {
    const { call, subscribe, publish, arrived } = await begin();
    const { SubscriptionArn } = await subscribe();
    await subscribe({ Endpoint: `arn:aws:sqs:${region}:111122223333:gone` });
    await publish('first');
    expect(await arrived()).toHaveLength(1);
    await call('Unsubscribe', { SubscriptionArn });
    await publish('second');
    expect(await arrived()).toEqual([]);
  });

  it('reaches a queue of another region, unless that is lost', async () => {
    const { subscribe, publish, arrived, queueIn, world } = await begin();
    const there = await queueIn('eu-central-1');
    await subscribe({ Endpoint: 'arn:aws:sqs:eu-central-1:111122223333:alerts' });
    await subscribe();
    await publish('near and far');
    expect(await arrived(there, 'eu-central-1')).toHaveLength(1);
    await world.loseRegion('eu-central-1');
    await publish('near only');
    expect(await arrived()).toHaveLength(2);
  });

  it('on its way when its region is lost, waits there', async () => {
    const { subscribe, publish, world, pass, ledger } = await begin();
    await subscribe();
    await publish('too late');
    await world.loseRegion(region);
    await pass(3600);
    expect(ledger.since().filter(({ via }) => via === 'sns')).toEqual([]);
    await expect(publish('nobody there')).rejects.toThrow('eu-west-1 is lost');
  });

  it.each<[string, object, string]>([
    ['without a text', { Message: '' }, 'InvalidParameterException'],
    ['with a subject of two lines', { Message: 'x', Subject: 'a\nb' }, 'InvalidParameterException'],
    ['too long', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
    ['of another region', { Message: 'x', TopicArn: 'arn:aws:sns:eu-central-1:111122223333:alerts' }, 'InvalidParameterException'],
    ['to a topic that is not there', { Message: 'x', TopicArn: `arn:aws:sns:${region}:111122223333:other` }, 'NotFoundException'],
    ['to a telephone', { Message: 'x', PhoneNumber: '+0' }, 'NotModelled'],
    ['by protocol', { Message: '{"default":"x"}', MessageStructure: 'json' }, 'NotModelled'],
  ])('is refused %s', async (_what, more, code) => {
    await rejects((await begin()).publish('', more), code);
  });

  it('may come in a batch, each entry answered by itself', async () => {
    const { call, TopicArn, subscribe, arrived } = await begin();
    await subscribe();
    const PublishBatchRequestEntries = [
      { Id: 'good', Message: 'one' },
      { Id: 'bad', Message: '' },
    ];
    expect(await call('PublishBatch', { TopicArn, PublishBatchRequestEntries })).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', Code: 'InvalidParameter' }],
    });
    expect(await arrived()).toHaveLength(1);
    await rejects(call('PublishBatch', { TopicArn, PublishBatchRequestEntries: [] }), 'EmptyBatchRequestException');
  });
});

describe('who may publish', () => {
  const cloudWatch = {
    name: 'cloudwatch.amazonaws.com',
    keys: {
      'aws:SourceArn': `arn:aws:cloudwatch:${region}:111122223333:alarm:probe`,
      'aws:SourceAccount': '111122223333',
      'aws:SourceOwner': '111122223333',
    },
  };
  const asCloudWatch = async (Statement?: object[]) => {
    const { ctx, call, TopicArn } = await begin();
    const set = { TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement }) };
    if (Statement) await call('SetTopicAttributes', set);
    return ctx().onBehalf('cloudwatch', cloudWatch).call('sns', 'Publish', { TopicArn, Message: 'x' });
  };
  const statement = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' };
  const fromAccount = (account: string) => ({ ...statement, Condition: { StringEquals: { 'aws:SourceAccount': account } } });

  it('alarms of the account, by the policy that AWS gives every topic', async () => {
    await expect(asCloudWatch()).resolves.toHaveProperty('MessageId');
  });

  it('CloudWatch, by a statement for it, with conditions on account and alarm', async () => {
    const Condition = { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:111122223333:alarm:*` } };
    await expect(asCloudWatch([fromAccount('111122223333')])).resolves.toHaveProperty('MessageId');
    await expect(asCloudWatch([{ ...statement, Condition }])).resolves.toHaveProperty('MessageId');
  });

  it('nobody whom the policy does not name, and the refusal says who asked', async () => {
    await rejects(asCloudWatch([fromAccount('444455556666')]), 'AuthorizationErrorException');
    await expect(asCloudWatch([])).rejects.toThrow('alarm:probe is not authorized to perform: SNS:Publish on resource');
  });
});

describe('a subscription', () => {
  it('of a queue is confirmed at once; made again it is the same', async () => {
    const { subscribe, call, TopicArn } = await begin();
    const { SubscriptionArn } = await subscribe();
    expect(SubscriptionArn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect((await subscribe()).SubscriptionArn).toBe(SubscriptionArn);
    await rejects(subscribe({ Attributes: { RawMessageDelivery: 'true' } }), 'InvalidParameterException');
    expect(await call('GetSubscriptionAttributes', { SubscriptionArn })).toMatchObject({
      Attributes: { PendingConfirmation: 'false', RawMessageDelivery: 'false', Endpoint: queueArn },
    });
  });

  it.each([
    ['email', 'somebody@example.com'],
    ['https', 'https://pager.example.com/hook'],
  ])('by %s waits for a confirmation that nobody is asked for, and gets nothing', async (Protocol, Endpoint) => {
    const { call, subscribe, publish, pass, TopicArn, world } = await begin();
    expect(await subscribe({ Protocol, Endpoint })).toEqual({ SubscriptionArn: 'pending confirmation' });
    expect(await call('ListSubscriptionsByTopic', { TopicArn })).toMatchObject({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Protocol, Endpoint }],
    });
    expect(await call('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: { SubscriptionsPending: '1', SubscriptionsConfirmed: '0' },
    });
    await publish('into nothing');
    expect(world.pendingEvents).toBe(0);
    await pass(60);
  });

  it.each<[string, object, string]>([
    ['Lambda', { Protocol: 'lambda', Endpoint: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }, 'NotModelled'],
    ['a filter policy', { Attributes: { FilterPolicy: '{}' } }, 'NotModelled'],
    ['a dead-letter queue', { Attributes: { RedrivePolicy: '{}' } }, 'NotModelled'],
    ['a queue by URL', { Endpoint: 'http://127.0.0.1/queue' }, 'InvalidParameterException'],
    ['a protocol that does not exist', { Protocol: 'pigeon' }, 'InvalidParameterException'],
    ['a topic that is not there', { TopicArn: `arn:aws:sns:${region}:111122223333:other` }, 'NotFoundException'],
  ])('is refused for %s', async (_what, more, code) => {
    await rejects((await begin()).subscribe(more), code);
  });

  it('goes with its topic', async () => {
    const { call, subscribe, TopicArn } = await begin();
    await subscribe();
    await call('DeleteTopic', { TopicArn });
    expect(await call('ListSubscriptions')).toMatchObject({ Subscriptions: [] });
    await rejects(call('GetTopicAttributes', { TopicArn }), 'NotFoundException');
  });
});

describe('a topic', () => {
  it('made again is the same, unless it is asked to be another', async () => {
    const { call, TopicArn } = await begin();
    const again = (more: object) => call('CreateTopic', { Name: 'alerts', ...more });
    expect(await again({})).toEqual({ TopicArn });
    await rejects(again({ Attributes: { DisplayName: 'x' } }), 'InvalidParameterException');
    await rejects(again({ Tags: [{ Key: 'a', Value: '1' }] }), 'InvalidParameterException');
    await rejects(call('CreateTopic', { Name: 'alerts.fifo' }), 'InvalidParameterException');
    await rejects(call('CreateTopic', { Name: 'other', Attributes: { FifoTopic: 'true' } }), 'NotModelled');
  });

  it('has tags, and is listed with a hundred others to a page', async () => {
    const { call, TopicArn } = await begin();
    await call('TagResource', { ResourceArn: TopicArn, Tags: [{ Key: 'site', Value: 'dublin' }] });
    expect(await call('ListTagsForResource', { ResourceArn: TopicArn })).toEqual({ Tags: [{ Key: 'site', Value: 'dublin' }] });
    for (let at = 0; at < 100; at++) await call('CreateTopic', { Name: `t${at}` });
    const first = await call<SNS.ListTopicsCommandOutput>('ListTopics');
    const second = await call<SNS.ListTopicsCommandOutput>('ListTopics', { NextToken: first.NextToken });
    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
  });

  it('refuses a policy that it could not evaluate', async () => {
    const { call, TopicArn } = await begin();
    const set = (AttributeValue: string) => call('SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
    await rejects(set('{'), 'InvalidParameterException');
    const Condition = { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } };
    await rejects(
      set(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*', Condition }] })),
      'NotModelled',
    );
  });
});

describe('CloudFormation', () => {
  it('makes a topic with a policy and a subscription, changes them and takes them away', async () => {
    const { ctx, call } = await begin();
    const types = ['Topic', 'TopicPolicy', 'Subscription'].map((name) => resourceTypeOf(sns, `AWS::SNS::${name}`));
    const [topic, policy, subscription] = types as [(typeof types)[0], (typeof types)[0], (typeof types)[0]];
    const made = await topic.create({ TopicName: 'made', DisplayName: 'Alerts' }, ctx(), resourceNames());
    const arn = made.physicalId;
    expect(made.attributes).toEqual({ TopicArn: arn, TopicName: 'made' });
    await expect(topic.create({ TopicName: 'made' }, ctx(), resourceNames())).rejects.toThrow('already exists');
    await topic.update!(arn, { TopicName: 'made' }, { TopicName: 'made', DisplayName: 'Alerts' }, ctx(), resourceNames());
    const attributes = async () => (await call<{ Attributes: Record<string, string> }>('GetTopicAttributes', { TopicArn: arn })).Attributes;
    const usual = (await attributes()).Policy;
    expect((await attributes()).DisplayName).toBe('');

    const PolicyDocument = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: arn }] };
    const set = await policy.create({ Topics: [arn], PolicyDocument }, ctx(), resourceNames());
    expect(JSON.parse((await attributes()).Policy ?? '')).toEqual(PolicyDocument);
    await policy.delete(set.physicalId, { Topics: [arn], PolicyDocument }, ctx());
    expect((await attributes()).Policy).toBe(usual);

    const properties = { TopicArn: arn, Protocol: 'sqs', Endpoint: queueArn, Region: region, RawMessageDelivery: 'true' };
    const { physicalId } = await subscription.create(properties, ctx(), resourceNames());
    await subscription.update!(physicalId, { ...properties, RawMessageDelivery: false }, properties, ctx(), resourceNames());
    expect(await call('GetSubscriptionAttributes', { SubscriptionArn: physicalId })).toMatchObject({
      Attributes: { RawMessageDelivery: 'false' },
    });
    await subscription.delete(physicalId, properties, ctx());
    expect((await attributes()).SubscriptionsConfirmed).toBe('0');
    await topic.delete(arn, {}, ctx());
    await rejects(attributes(), 'NotFoundException');
  });
});
