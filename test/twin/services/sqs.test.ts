import { describe, expect, it } from '@jest/globals';
import type * as SQS from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { sqs } from '../../../twin/services/sqs/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async (Attributes: Record<string, string> = {}) => {
  const world = serviceWorld([sqs]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) => world.call<Output>('sqs', operation, input);
  const { QueueUrl } = await call<{ QueueUrl: string }>('CreateQueue', { QueueName: 'alerts', Attributes });
  const send = (MessageBody: string, more: object = {}) =>
    call<SQS.SendMessageCommandOutput>('SendMessage', { QueueUrl, MessageBody, ...more });
  const receive = async (more: object = {}) =>
    (await call<{ Messages?: SQS.Message[] }>('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...more })).Messages ?? [];
  const bodies = async (more: object = {}) => (await receive(more)).map(({ Body }) => Body);
  const attributes = async (...AttributeNames: string[]) =>
    (await call<{ Attributes?: Record<string, string> }>('GetQueueAttributes', { QueueUrl, AttributeNames })).Attributes;
  return { ...world, call, QueueUrl, send, receive, bodies, attributes };
};
const rejects = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code });

describe('a queue', () => {
  it('has a URL on the twin with its region in it, and is not found at that of another region', async () => {
    const { QueueUrl, ctx } = await begin();
    expect(QueueUrl).toBe('http://127.0.0.1:0/eu-west-1/111122223333/alerts');
    await rejects(ctx('eu-central-1').call('sqs', 'GetQueueAttributes', { QueueUrl }), 'InvalidAddress');
    await rejects(ctx('eu-central-1').call('sqs', 'GetQueueUrl', { QueueName: 'alerts' }), 'QueueDoesNotExist');
  });

  it('made again with the same attributes is the same queue, with others it is refused', async () => {
    const { call, QueueUrl } = await begin({ VisibilityTimeout: '5' });
    const again = (Attributes: object) => call('CreateQueue', { QueueName: 'alerts', Attributes });
    expect(await again({ VisibilityTimeout: '5', DelaySeconds: '0' })).toEqual({ QueueUrl });
    await rejects(again({ VisibilityTimeout: '6' }), 'QueueNameExists');
  });

  it('that is deleted is gone, and its name is taken for another minute', async () => {
    const { call, QueueUrl, pass, send } = await begin();
    await call('DeleteQueue', { QueueUrl });
    await rejects(send('late'), 'QueueDoesNotExist');
    await rejects(call('CreateQueue', { QueueName: 'alerts' }), 'QueueDeletedRecently');
    await pass(60);
    expect(await call('CreateQueue', { QueueName: 'alerts' })).toEqual({ QueueUrl });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a name with a dot', { QueueName: 'alerts.fifo' }, 'InvalidParameterValue'],
    ['an attribute that does not exist', { Colour: 'red' }, 'InvalidAttributeName'],
    ['a timeout of a day', { VisibilityTimeout: '86400' }, 'InvalidAttributeValue'],
    ['a policy that is none', { Policy: '{' }, 'InvalidAttributeValue'],
    ['first in, first out', { FifoQueue: 'true' }, 'NotModelled'],
    ["a customer's key", { KmsMasterKeyId: 'alias/key' }, 'NotModelled'],
    [
      'a dead-letter queue that is not there',
      { RedrivePolicy: '{"deadLetterTargetArn":"x","maxReceiveCount":3}' },
      'InvalidParameterValue',
    ],
  ])('is not made with %s', async (_what, { QueueName = 'other', ...Attributes }, code) => {
    await rejects((await begin()).call('CreateQueue', { QueueName, Attributes }), code);
  });

  it('tells its attributes, set ones and defaults, and nothing that was not asked for', async () => {
    const { attributes, call, QueueUrl } = await begin({ DelaySeconds: '7' });
    expect(await attributes('All')).toMatchObject({
      QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:alerts',
      DelaySeconds: '7',
      MessageRetentionPeriod: '345600',
      ApproximateNumberOfMessages: '0',
    });
    await call('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '0' } });
    expect(await attributes('DelaySeconds', 'Policy')).toEqual({ DelaySeconds: '0' });
    expect(await attributes()).toBeUndefined();
    await rejects(attributes('Colour'), 'InvalidAttributeName');
  });

  it('has tags', async () => {
    const { call, QueueUrl } = await begin();
    await call('TagQueue', { QueueUrl, Tags: { site: 'dublin', team: 'ops' } });
    await call('UntagQueue', { QueueUrl, TagKeys: ['team'] });
    expect(await call('ListQueueTags', { QueueUrl })).toEqual({ Tags: { site: 'dublin' } });
  });

  it('is listed by prefix, in pages', async () => {
    const { call } = await begin();
    for (const QueueName of ['b-1', 'b-2', 'b-3']) await call('CreateQueue', { QueueName });
    const names = async (input: object) => {
      const { QueueUrls = [], NextToken } = await call<{ QueueUrls?: string[]; NextToken?: string }>('ListQueues', input);
      return { names: QueueUrls.map((url) => url.split('/').at(-1)), NextToken };
    };
    const first = await names({ QueueNamePrefix: 'b-', MaxResults: 2 });
    expect(first.names).toEqual(['b-1', 'b-2']);
    expect(await names({ QueueNamePrefix: 'b-', MaxResults: 2, NextToken: first.NextToken })).toEqual({
      names: ['b-3'],
      NextToken: undefined,
    });
  });

  it('of a lost region does not answer', async () => {
    const { world, send } = await begin();
    await world.loseRegion('eu-west-1');
    await expect(send('into the void')).rejects.toThrow('eu-west-1 is lost');
  });
});

describe('a message', () => {
  it('is received with its digests and deleted by its receipt', async () => {
    const { send, receive, call, QueueUrl, attributes } = await begin();
    const sent = await send('hello', { MessageAttributes: { Kind: { DataType: 'String', StringValue: 'test' } } });
    const md5 = createHash('md5').update('hello').digest('hex');
    expect(sent.MD5OfMessageBody).toBe(md5);
    expect(sent.MD5OfMessageAttributes).toBe(attributeDigest);
    const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello',
      MD5OfBody: md5,
      MD5OfMessageAttributes: attributeDigest,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.parse('2030-01-01T02:00:00Z')) },
    });
    await call('DeleteMessage', { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    expect(await attributes('ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('is nobody else’s while its visibility timeout runs, and then comes again', async () => {
    const { send, receive, bodies, pass, attributes } = await begin();
    await send('once');
    await receive();
    expect(await bodies()).toEqual([]);
    expect(await attributes('ApproximateNumberOfMessagesNotVisible')).toEqual({ ApproximateNumberOfMessagesNotVisible: '1' });
    await pass(29);
    expect(await bodies()).toEqual([]);
    await pass(1);
    expect(await receive({ AttributeNames: ['ApproximateReceiveCount'] })).toMatchObject([
      { Body: 'once', Attributes: { ApproximateReceiveCount: '2' } },
    ]);
  });

  it('can be kept longer or given back; not once it is free', async () => {
    const { send, receive, bodies, pass, call, QueueUrl } = await begin();
    await send('held');
    const [message] = await receive();
    const hold = (VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout });
    await hold(100);
    await pass(99);
    expect(await bodies()).toEqual([]);
    await hold(0);
    await rejects(hold(10), 'MessageNotInflight');
    expect(await bodies()).toEqual(['held']);
  });

  it('is not deleted by the receipt of an earlier time, and by no invented one', async () => {
    const { send, receive, bodies, pass, call, QueueUrl } = await begin();
    await send('again');
    const [first] = await receive({ VisibilityTimeout: 1 });
    await pass(1);
    await receive({ VisibilityTimeout: 1 });
    await call('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
    await pass(1);
    expect(await bodies()).toEqual(['again']);
    await rejects(call('DeleteMessage', { QueueUrl, ReceiptHandle: 'mine' }), 'ReceiptHandleIsInvalid');
  });

  it('waits out its delay, its own before the queue’s', async () => {
    const { send, bodies, pass, attributes } = await begin({ DelaySeconds: '10' });
    await send('slow');
    await send('now', { DelaySeconds: 0 });
    expect(await bodies({ VisibilityTimeout: 0 })).toEqual(['now']);
    expect(await attributes('ApproximateNumberOfMessagesDelayed')).toEqual({ ApproximateNumberOfMessagesDelayed: '1' });
    await pass(10);
    expect(await bodies()).toEqual(['slow', 'now']);
  });

  it('is gone when the queue has kept it long enough, or was purged; a second purge has to wait', async () => {
    const { send, bodies, pass, call, QueueUrl } = await begin({ MessageRetentionPeriod: '60' });
    await send('old');
    await pass(60);
    expect(await bodies()).toEqual([]);
    await send('purged');
    await call('PurgeQueue', { QueueUrl });
    expect(await bodies()).toEqual([]);
    await rejects(call('PurgeQueue', { QueueUrl }), 'PurgeQueueInProgress');
  });

  it('is waited for by nobody: a long poll is answered at once', async () => {
    const { bodies, world } = await begin();
    const before = world.now();
    expect(await bodies({ WaitTimeSeconds: 20 })).toEqual([]);
    expect(world.now()).toBe(before);
  });

  it.each<[string, object, string]>([
    ['empty', { MessageBody: '' }, 'MissingParameter'],
    ['of characters that XML does not have', { MessageBody: '\u0000' }, 'InvalidMessageContents'],
    ['too long', { MessageBody: 'x'.repeat(1025) }, 'InvalidParameterValue'],
    ['delayed by an hour', { MessageBody: 'x', DelaySeconds: 3600 }, 'InvalidParameterValue'],
    ['in a group', { MessageBody: 'x', MessageGroupId: 'g' }, 'NotModelled'],
  ])('is refused when it is %s', async (_what, input, code) => {
    const { call, QueueUrl } = await begin({ MaximumMessageSize: '1024' });
    await rejects(call('SendMessage', { QueueUrl, ...input }), code);
  });

  it('that was received too often goes to the dead-letter queue, as old as it was', async () => {
    const { send, receive, bodies, call, QueueUrl } = await begin();
    const { QueueUrl: dead } = await call<{ QueueUrl: string }>('CreateQueue', { QueueName: 'dead' });
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    await call('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } });
    await send('poison');
    for (let times = 0; times < 2; times++) expect(await bodies({ VisibilityTimeout: 0 })).toEqual(['poison']);
    expect(await bodies()).toEqual([]);
    expect(await receive({ QueueUrl: dead, AttributeNames: ['All'] })).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:alerts' } },
    ]);
    expect(await call('ListDeadLetterSourceQueues', { QueueUrl: dead })).toMatchObject({ queueUrls: [QueueUrl] });
  });
});

describe('a batch', () => {
  it('reports each entry by itself', async () => {
    const { call, QueueUrl, receive } = await begin();
    const Entries = [
      { Id: 'good', MessageBody: 'one' },
      { Id: 'bad', MessageBody: '' },
    ];
    expect(await call('SendMessageBatch', { QueueUrl, Entries })).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', Code: 'MissingParameter', SenderFault: true }],
    });
    const [message] = await receive();
    const deleted = await call('DeleteMessageBatch', { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: message?.ReceiptHandle }] });
    expect(deleted).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [] });
  });

  it.each<[string, object[], string]>([
    ['nothing', [], 'EmptyBatchRequest'],
    ['eleven', Array.from({ length: 11 }, (_, at) => ({ Id: `i${at}`, MessageBody: 'x' })), 'TooManyEntriesInBatchRequest'],
    ['one id twice', [1, 2].map(() => ({ Id: 'same', MessageBody: 'x' })), 'BatchEntryIdsNotDistinct'],
    ['an id with a space', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
  ])('of %s is refused', async (_what, Entries, code) => {
    const { call, QueueUrl } = await begin();
    await rejects(call('SendMessageBatch', { QueueUrl, Entries }), code);
  });
});

describe('who may send', () => {
  it('a service of AWS only if the policy says so, a client of the account always', async () => {
    const { ctx, call, QueueUrl, send } = await begin();
    const asSns = ctx().onBehalf('sns', { name: 'sns.amazonaws.com', keys: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' } });
    const sends = () => asSns.call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' });
    await send('by hand');
    await rejects(sends(), 'AccessDenied');
    const statement = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' };
    await call('SetQueueAttributes', { QueueUrl, Attributes: { Policy: JSON.stringify({ Statement: [statement] }) } });
    await expect(sends()).resolves.toBeDefined();
  });
});

describe('CloudFormation', () => {
  it('makes, changes and deletes a queue, which is gone a minute later', async () => {
    const { ctx, call, pass } = await begin();
    const type = resourceTypeOf(sqs, 'AWS::SQS::Queue');
    const properties = { QueueName: 'made', VisibilityTimeout: 10, Tags: [{ Key: 'a', Value: '1' }] };
    const { physicalId, attributes } = await type.create(properties, ctx(), resourceNames());
    expect(attributes).toEqual({ Arn: 'arn:aws:sqs:eu-west-1:111122223333:made', QueueName: 'made', QueueUrl: physicalId });
    await type.update!(physicalId, { QueueName: 'made', DelaySeconds: '3' }, properties, ctx(), resourceNames());
    expect(await call('GetQueueAttributes', { QueueUrl: physicalId, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { DelaySeconds: '3', VisibilityTimeout: '30' },
    });
    expect(await call('ListQueueTags', { QueueUrl: physicalId })).toEqual({});
    await expect(type.create({ QueueName: 'made' }, ctx(), resourceNames())).rejects.toThrow('already exists');
    await type.delete(physicalId, {}, ctx());
    expect(await type.gone!(physicalId, ctx())).toBe(false);
    await pass(60);
    expect(await type.gone!(physicalId, ctx())).toBe(true);
  });

  it('gives queues a policy and takes it away', async () => {
    const { ctx, attributes, QueueUrl } = await begin();
    const type = resourceTypeOf(sqs, 'AWS::SQS::QueuePolicy');
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }] };
    const { physicalId } = await type.create({ Queues: [QueueUrl], PolicyDocument }, ctx(), resourceNames());
    expect(JSON.parse((await attributes('Policy'))?.Policy ?? '')).toEqual(PolicyDocument);
    await type.delete(physicalId, { Queues: [QueueUrl], PolicyDocument }, ctx());
    expect(await attributes('Policy')).toBeUndefined();
  });
});

/** Of `Kind`, `String`, `test`: computed apart from the twin, as the SQS developer guide says. */
const attributeDigest = '7f6d55e3edd62dd18b607fdaefe3c009';
