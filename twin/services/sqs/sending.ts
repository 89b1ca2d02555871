import type * as SQS from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { eachOf } from './batches.js';
import { enqueue, md5OfAttributes, md5OfBody, sizeOf, type Sending } from './messages.js';
import { mustBeAllowed, queueAt, type QueueRecord } from './records.js';

const sent = (ctx: Context, queue: QueueRecord, sending: Sending) => {
  const { id, body, attributes } = enqueue(ctx, queue, sending);
  return { MessageId: id, MD5OfMessageBody: md5OfBody(body), MD5OfMessageAttributes: md5OfAttributes(attributes) };
};
const mostInBatch = 1_048_576;

export const sending = {
  SendMessage: (input, ctx) => {
    accept('sqs.SendMessage', input, ['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageAttributes']);
    const queue = queueAt(ctx, input.QueueUrl);
    mustBeAllowed(ctx, queue, 'SendMessage');
    return sent(ctx, queue, input);
  },
  SendMessageBatch: (input, ctx) => {
    accept('sqs.SendMessageBatch', input, ['QueueUrl', 'Entries']);
    const queue = queueAt(ctx, input.QueueUrl);
    mustBeAllowed(ctx, queue, 'SendMessage');
    const size = (input.Entries ?? []).reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > mostInBatch)
      throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${mostInBatch} bytes. You have sent ${size} bytes.`);
    return eachOf(input.Entries, (entry) => {
      accept('sqs.SendMessageBatch', entry, ['Id', 'MessageBody', 'DelaySeconds', 'MessageAttributes']);
      return sent(ctx, queue, entry);
    });
  },
} satisfies Operations<typeof SQS>;
