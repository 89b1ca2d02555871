import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { deadLetterQueue, numberOf, redriveOf } from './attributes.js';
import { invalidParameter, type Message, type QueueRecord } from './records.js';

/** Drops messages that are older than the queue keeps them; seen or unseen, received or not. */
export const dropExpired = (ctx: Context, queue: QueueRecord): void => {
  const oldest = ctx.now() - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  queue.messages = queue.messages.filter(({ sentAt }) => sentAt > oldest);
};

/** What can be received now, oldest first; what was received too often goes to the dead-letter queue instead. */
export const receivable = (ctx: Context, queue: QueueRecord): Message[] => {
  dropExpired(ctx, queue);
  const redrive = redriveOf(queue);
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= ctx.now());
  const dead = redrive ? visible.filter(({ receiveCount }) => receiveCount >= redrive.maxReceiveCount) : [];
  const target = deadLetterQueue(ctx, redrive?.deadLetterTargetArn);
  // A dead-letter queue that is gone takes nothing: its messages stay where they are, and are received again.
  if (dead.length === 0 || !target) return visible;
  queue.messages = queue.messages.filter((message) => !dead.includes(message));
  target.messages.push(...dead.map((message) => ({ ...message, visibleAt: ctx.now(), deadLetterSource: queue.arn })));
  return visible.filter((message) => !dead.includes(message));
};

export interface Sending {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Record<string, MessageAttributeValue> | undefined;
}

/** What SQS lets a message say (SendMessage, API reference): XML's characters. */
const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** Adds a message to a queue. @throws AwsError as SQS does for one that cannot be sent. */
export const enqueue = (ctx: Context, queue: QueueRecord, sending: Sending): Message => {
  const { MessageBody: body = '', MessageAttributes: attributes = {}, DelaySeconds: delay } = sending;
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (!allowed.test(body))
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  checkMessageAttributes(attributes);
  const most = numberOf(queue, 'MaximumMessageSize');
  if (sizeOf(sending) > most)
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
  if (delay !== undefined && (delay < 0 || delay > 900))
    throw invalidParameter(`Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`);
  const message: Message = {
    id: freshUuid(ctx, 'sqs.message'),
    body,
    attributes,
    senderId: ctx.caller.service?.name ?? ctx.account,
    sentAt: ctx.now(),
    visibleAt: ctx.now() + (delay ?? numberOf(queue, 'DelaySeconds')) * 1000,
    receiveCount: 0,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  };
  queue.messages.push(message);
  return message;
};

const checkMessageAttributes = (attributes: Readonly<Record<string, MessageAttributeValue>>): void => {
  if (Object.keys(attributes).length > 10) throw invalidParameter('Number of message attributes [11] exceeds the allowed maximum [10].');
  for (const [name, { DataType = '', StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(String|Number|Binary)(\.|$)/.test(DataType))
      throw invalidParameter(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    if ((DataType.startsWith('Binary') ? BinaryValue : StringValue) === undefined)
      throw invalidParameter(
        `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
      );
  }
};

/** Bytes that count towards a queue's limit: the body and the names, types and values of its attributes. */
export const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: Sending): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '', BinaryValue }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + (BinaryValue?.length ?? Buffer.byteLength(StringValue)),
    Buffer.byteLength(MessageBody),
  );

export const md5OfBody = (body: string): string => createHash('md5').update(body).digest('hex');

/** Digest that clients check (SQS developer guide, "Calculating the MD5 message digest for message attributes"); undefined without attributes. */
export const md5OfAttributes = (attributes: Readonly<Record<string, MessageAttributeValue>>): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue = '', BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([BinaryValue ? 2 : 1]));
    add(BinaryValue ? Buffer.from(BinaryValue) : Buffer.from(StringValue));
  }
  return hash.digest('hex');
};
