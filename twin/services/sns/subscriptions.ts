import type * as SNS from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { invalid, snsOf, topicAt, type SubscriptionRecord } from './records.js';
import { pageOf } from './topics.js';

/** What an endpoint looks like, by protocol: queues are delivered to, the others only noted. */
const endpoints: Readonly<Record<string, RegExp>> = {
  sqs: /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/,
  email: /^\S+@\S+$/,
  'email-json': /^\S+@\S+$/,
  http: /^http:\/\/\S+$/,
  https: /^https:\/\/\S+$/,
};

const subscriptionAt = (ctx: Context, arn: string | undefined): SubscriptionRecord => {
  const found = snsOf(ctx).subscriptions.get(arn ?? '');
  if (!found) throw new AwsError('NotFoundException', 'Subscription does not exist');
  return found;
};

const isRaw = (protocol: string, name: string, value: string | undefined): boolean => {
  if (name !== 'RawMessageDelivery')
    throw new AwsError('NotModelled', `NotModelled: sns subscription with ${name}: the twin does not have this`, { status: 501 });
  if (!/^(true|false)$/i.test(value ?? '')) throw invalid('Attributes Reason: RawMessageDelivery: Invalid value. Must be true or false.');
  const raw = value!.toLowerCase() === 'true';
  if (raw && protocol.startsWith('email'))
    throw invalid(`Attributes Reason: RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`);
  return raw;
};

const listed = ({ arn, topicArn, protocol, endpoint, pending }: SubscriptionRecord, ctx: Context): SNS.Subscription => ({
  SubscriptionArn: pending ? 'PendingConfirmation' : arn,
  Owner: ctx.account,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});
const list = (ctx: Context, of: (one: SubscriptionRecord) => boolean, token: string | undefined) => {
  const { items, next } = pageOf([...snsOf(ctx).subscriptions.values()].filter(of), token);
  return { Subscriptions: items.map((one) => listed(one, ctx)), NextToken: next };
};

export const subscriptions = {
  Subscribe: (input, ctx) => {
    accept('sns.Subscribe', input, ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn']);
    const topic = topicAt(ctx, input.TopicArn);
    const protocol = need(input.Protocol, 'Protocol', 'InvalidParameterException');
    const endpoint = need(input.Endpoint, 'Endpoint', 'InvalidParameterException');
    if (['lambda', 'sms', 'application', 'firehose'].includes(protocol))
      throw new AwsError('NotModelled', `NotModelled: sns subscription with protocol ${protocol}: the twin delivers to queues`, {
        status: 501,
      });
    const shape = endpoints[protocol];
    if (!shape) throw invalid('Does not support this protocol string: ' + protocol);
    if (!shape.test(endpoint)) throw invalid(protocol === 'sqs' ? 'SQS endpoint ARN' : `${protocol} endpoint`);
    const raw = Object.entries(input.Attributes ?? {}).some(([name, value]) => isRaw(protocol, name, value));
    const held = [...snsOf(ctx).subscriptions.values()].find(
      (one) => one.topicArn === topic.arn && one.protocol === protocol && one.endpoint === endpoint,
    );
    if (held && held.raw !== raw) throw invalid('Attributes Reason: Subscription already exists with different attributes');
    // A queue of the account that subscribes is confirmed by that; people and servers would have to answer, and none is ever asked.
    const pending = protocol !== 'sqs' || endpoint.split(':')[4] !== ctx.account;
    const record = held ?? {
      arn: `${topic.arn}:${freshUuid(ctx, 'sns.subscription')}`,
      topicArn: topic.arn,
      protocol,
      endpoint,
      pending,
      principalArn: ctx.caller.principalArn,
      raw,
    };
    snsOf(ctx).subscriptions.set(record.arn, record);
    return { SubscriptionArn: pending && !input.ReturnSubscriptionArn ? 'pending confirmation' : record.arn };
  },
  Unsubscribe: ({ SubscriptionArn }, ctx) => {
    if (!/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]+:[0-9a-f-]{36}$/.test(SubscriptionArn ?? ''))
      throw invalid('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
    snsOf(ctx).subscriptions.delete(SubscriptionArn!);
    return {};
  },
  ListSubscriptions: ({ NextToken }, ctx) => list(ctx, () => true, NextToken),
  ListSubscriptionsByTopic: ({ TopicArn, NextToken }, ctx) => {
    const { arn } = topicAt(ctx, TopicArn);
    return list(ctx, ({ topicArn }) => topicArn === arn, NextToken);
  },
  GetSubscriptionAttributes: ({ SubscriptionArn }, ctx) => {
    const { arn, topicArn, protocol, endpoint, pending, raw, principalArn } = subscriptionAt(ctx, SubscriptionArn);
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Protocol: protocol,
        Endpoint: endpoint,
        Owner: ctx.account,
        ConfirmationWasAuthenticated: String(!pending),
        PendingConfirmation: String(pending),
        RawMessageDelivery: String(raw),
        SubscriptionPrincipal: principalArn,
      },
    };
  },
  SetSubscriptionAttributes: ({ SubscriptionArn, AttributeName = '', AttributeValue }, ctx) => {
    const record = subscriptionAt(ctx, SubscriptionArn);
    record.raw = isRaw(record.protocol, AttributeName, AttributeValue);
    return {};
  },
} satisfies Operations<typeof SNS>;
