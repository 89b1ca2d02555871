import type * as SQS from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { numberOf } from './attributes.js';
import { eachOf } from './batches.js';
import { md5OfAttributes, md5OfBody, receivable } from './messages.js';
import { invalidParameter, mustBeAllowed, queueAt, type Message, type QueueRecord } from './records.js';

/** Seconds a message can be kept from others in all, counted from its receipt (ChangeMessageVisibility, API reference). */
const longestHold = 43_200;

/** `MESSAGE-ID/COUNT` in disguise: which receipt of which message. */
const handleOf = ({ id, receiveCount }: Message): string => Buffer.from(`${id}/${receiveCount}`).toString('base64');

/** The message a handle was given for; undefined when it is gone or was received again since. @throws AwsError `ReceiptHandleIsInvalid` */
const handled = (queue: QueueRecord, handle: string | undefined): Message | undefined => {
  const [, id, count] = /^([0-9a-f-]{36})\/(\d+)$/.exec(Buffer.from(handle ?? '', 'base64').toString()) ?? [];
  if (id === undefined) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  return queue.messages.find((message) => message.id === id && message.receiveCount === Number(count));
};

const systemAttributes = (message: Message, names: readonly string[]): Record<string, string> | undefined => {
  const all: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const wanted = Object.entries(all).filter(([name, value]) => value !== undefined && (names.includes('All') || names.includes(name)));
  return wanted.length > 0 ? (Object.fromEntries(wanted) as Record<string, string>) : undefined;
};

/** `All`, `.*`, a name, or `prefix.*`. */
const askedAttributes = ({ attributes }: Message, names: readonly string[]) =>
  Object.fromEntries(
    Object.entries(attributes).filter(([name]) =>
      names.some((asked) => asked === 'All' || asked === name || (asked.endsWith('.*') && name.startsWith(asked.slice(0, -2)))),
    ),
  );

const received = (message: Message, input: SQS.ReceiveMessageCommandInput): SQS.Message => {
  const attributes = askedAttributes(message, input.MessageAttributeNames ?? []);
  const system = systemAttributes(message, [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]);
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message),
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    ...(system ? { Attributes: system } : {}),
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) } : {}),
  };
};

const between = (name: string, value: number, least: number, most: number): void => {
  if (value >= least && value <= most) return;
  throw invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`);
};

const remove = (queue: QueueRecord, handle: string | undefined): object => {
  // A handle of an earlier receipt is accepted, and deletes nothing.
  const message = handled(queue, handle);
  if (message) queue.messages.splice(queue.messages.indexOf(message), 1);
  return {};
};

const hold = (ctx: Context, queue: QueueRecord, handle: string | undefined, seconds: number | undefined): object => {
  if (seconds === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter VisibilityTimeout.');
  if (seconds < 0 || seconds > longestHold)
    throw invalidParameter(
      `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200`,
    );
  const message = handled(queue, handle);
  if (!message || message.visibleAt <= ctx.now())
    throw new AwsError(
      'MessageNotInflight',
      'Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
    );
  message.visibleAt = ctx.now() + seconds * 1000;
  return {};
};

export const receiving = {
  /** Answers at once however long it was asked to wait: see MODEL.md. */
  ReceiveMessage: (input, ctx) => {
    accept('sqs.ReceiveMessage', input, [
      'QueueUrl',
      'AttributeNames',
      'MessageSystemAttributeNames',
      'MessageAttributeNames',
      'MaxNumberOfMessages',
      'VisibilityTimeout',
      'WaitTimeSeconds',
    ]);
    const queue = queueAt(ctx, input.QueueUrl);
    mustBeAllowed(ctx, queue, 'ReceiveMessage');
    const { MaxNumberOfMessages: most = 1, WaitTimeSeconds: wait = 0 } = input;
    const timeout = input.VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout');
    between('MaxNumberOfMessages', most, 1, 10);
    between('WaitTimeSeconds', wait, 0, 20);
    between('VisibilityTimeout', timeout, 0, longestHold);
    const taken = receivable(ctx, queue).slice(0, most);
    for (const message of taken) {
      message.receiveCount += 1;
      message.firstReceivedAt ??= ctx.now();
      message.visibleAt = ctx.now() + timeout * 1000;
    }
    return taken.length > 0 ? { Messages: taken.map((message) => received(message, input)) } : {};
  },
  DeleteMessage: ({ QueueUrl, ReceiptHandle }, ctx) => {
    remove(queueAt(ctx, QueueUrl), ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: ({ QueueUrl, Entries }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    return eachOf(Entries, ({ ReceiptHandle }) => remove(queue, ReceiptHandle));
  },
  ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, ctx) => {
    hold(ctx, queueAt(ctx, QueueUrl), ReceiptHandle, VisibilityTimeout);
    return {};
  },
  ChangeMessageVisibilityBatch: ({ QueueUrl, Entries }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    return eachOf(Entries, ({ ReceiptHandle, VisibilityTimeout }) => hold(ctx, queue, ReceiptHandle, VisibilityTimeout));
  },
} satisfies Operations<typeof SQS>;
