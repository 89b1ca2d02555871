import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { RegionLost } from '../dispatcher.js';
import { queueUrl } from '../sqs/records.js';
import { snsOf, type SubscriptionRecord } from './records.js';

export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly publishedAt: string;
}

/** Brings a notification to every confirmed subscription of its topic, each after a moment of its own. */
export const deliverLater = (ctx: Context, notification: Notification): void => {
  const of = [...snsOf(ctx).subscriptions.values()].filter(({ topicArn, pending }) => topicArn === notification.topicArn && !pending);
  for (const subscription of of) {
    const seconds = ctx.takes('sns.deliver');
    ctx.after(seconds, `sns delivers to ${subscription.endpoint}`, (then) => deliver(then, subscription, notification));
  }
};

/** Sends as SNS itself, so the queue's policy decides. What a queue refuses is lost, as on AWS without a dead-letter queue; the calls ledger has it. */
const deliver = async (ctx: Context, subscription: SubscriptionRecord, notification: Notification): Promise<void> => {
  const [, , , region = '', account = '', name = ''] = subscription.endpoint.split(':');
  const there = ctx
    .at({ region, account })
    .onBehalf('sns', { name: 'sns.amazonaws.com', keys: { 'aws:SourceArn': notification.topicArn } });
  const input = {
    QueueUrl: queueUrl(there, name),
    ...(subscription.raw
      ? { MessageBody: notification.message, MessageAttributes: notification.attributes }
      : { MessageBody: envelope(ctx, subscription, notification) }),
  };
  await there.call('sqs', 'SendMessage', input).catch((error: unknown) => {
    if (!(error instanceof AwsError || error instanceof RegionLost)) throw error;
  });
};

/** What a queue gets without raw delivery (Amazon SNS developer guide, "HTTP/HTTPS notification JSON format"), without a signature. */
const envelope = (ctx: Context, { arn }: SubscriptionRecord, notification: Notification): string => {
  const attributes = Object.entries(notification.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: BinaryValue ? Buffer.from(BinaryValue).toString('base64') : StringValue },
  ]);
  return JSON.stringify(
    {
      Type: 'Notification',
      MessageId: notification.id,
      TopicArn: notification.topicArn,
      Subject: notification.subject,
      Message: notification.message,
      Timestamp: notification.publishedAt,
      UnsubscribeURL: `${ctx.endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
      ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) as object } : {}),
    },
    undefined,
    2,
  );
};
