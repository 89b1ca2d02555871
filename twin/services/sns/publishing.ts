import type * as SNS from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import { policyAllows } from '../resource-policy.js';
import type { Operations } from '../service.js';
import { deliverLater, type Notification } from './delivery.js';
import { invalid, topicAt, type TopicRecord } from './records.js';

/** Bytes of a message with its attributes. */
const largest = 262_144;

type Entry = Pick<SNS.PublishBatchRequestEntry, 'Message' | 'Subject' | 'MessageAttributes'>;

/** A service of AWS may publish what the topic's policy says; a client of the account may, for IAM is not evaluated. */
const mustBeAllowed = (ctx: Context, topic: TopicRecord): void => {
  const { service } = ctx.caller;
  if (service === undefined || policyAllows(topic.policy, { service, action: 'SNS:Publish', resourceArn: topic.arn })) return;
  const who = service.keys['aws:SourceArn'] ?? service.name;
  throw new AwsError('AuthorizationErrorException', `Resource: ${who} is not authorized to perform: SNS:Publish on resource: ${topic.arn}`);
};

const sizeOf = ({ Message = '', MessageAttributes = {} }: Entry): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
    Buffer.byteLength(Message),
  );

const notificationOf = (ctx: Context, topic: TopicRecord, entry: Entry): Notification => {
  const { Message: message = '', Subject: subject, MessageAttributes: attributes = {} } = entry;
  if (message === '') throw invalid('Empty message');
  if (sizeOf(entry) > largest) throw invalid('Message too long');
  if (subject !== undefined && (subject === '' || subject.length > 100 || /[^\x20-\x7e]/.test(subject))) throw invalid('Subject');
  return { id: freshUuid(ctx, 'sns.message'), topicArn: topic.arn, message, subject, attributes, publishedAt: ctx.date().toISOString() };
};

export const publishing = {
  Publish: (input, ctx) => {
    const target = input.TargetArn !== undefined && input.TopicArn === undefined ? 'TargetArn' : 'TopicArn';
    accept('sns.Publish', input, [target, 'Message', 'Subject', 'MessageAttributes']);
    const topic = topicAt(ctx, input[target]);
    mustBeAllowed(ctx, topic);
    const notification = notificationOf(ctx, topic, input);
    deliverLater(ctx, notification);
    return { MessageId: notification.id };
  },
  PublishBatch: (input, ctx) => {
    accept('sns.PublishBatch', input, ['TopicArn', 'PublishBatchRequestEntries']);
    const topic = topicAt(ctx, input.TopicArn);
    mustBeAllowed(ctx, topic);
    const entries = input.PublishBatchRequestEntries ?? [];
    if (entries.length === 0) throw new AwsError('EmptyBatchRequestException', 'The batch request does not contain any entries.');
    if (entries.length > 10)
      throw new AwsError('TooManyEntriesInBatchRequestException', 'The batch request contains more entries than permissible.');
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
      throw new AwsError('BatchEntryIdsNotDistinctException', 'Two or more batch entries in the request have the same Id.');
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > largest)
      throw new AwsError('BatchRequestTooLongException', 'The length of all the batch messages put together is more than the limit.');
    const answer: { Successful: SNS.PublishBatchResultEntry[]; Failed: SNS.BatchResultErrorEntry[] } = { Successful: [], Failed: [] };
    for (const entry of entries) {
      accept('sns.PublishBatch', entry, ['Id', 'Message', 'Subject', 'MessageAttributes']);
      try {
        const notification = notificationOf(ctx, topic, entry);
        deliverLater(ctx, notification);
        answer.Successful.push({ Id: entry.Id, MessageId: notification.id });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        answer.Failed.push({ Id: entry.Id, Code: 'InvalidParameter', Message: error.message, SenderFault: true });
      }
    }
    return answer;
  },
} satisfies Operations<typeof SNS>;
