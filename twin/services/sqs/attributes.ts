import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { checkResourcePolicy } from '../resource-policy.js';
import { invalidParameter, sqsOf, type QueueRecord } from './records.js';

interface WholeNumber {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}
/** Limits and defaults of SetQueueAttributes (Amazon SQS API reference); sizes in bytes, times in seconds. */
const numbers: Readonly<Record<string, WholeNumber>> = {
  DelaySeconds: { least: 0, most: 900, usual: 0 },
  MaximumMessageSize: { least: 1024, most: 1_048_576, usual: 1_048_576 },
  MessageRetentionPeriod: { least: 60, most: 1_209_600, usual: 345_600 },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20, usual: 0 },
  VisibilityTimeout: { least: 0, most: 43_200, usual: 30 },
};
const notModelled = /^(Fifo|ContentBased|Deduplication|Throughput|Kms|RedriveAllow)/;
const settable = [...Object.keys(numbers), 'Policy', 'RedrivePolicy', 'SqsManagedSseEnabled'];
const shown = [
  ...settable,
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export const numberOf = (
  queue: QueueRecord,
  name: 'DelaySeconds' | 'MaximumMessageSize' | 'MessageRetentionPeriod' | 'VisibilityTimeout',
) => Number(queue.attributes[name] ?? numbers[name]!.usual);

export const redriveOf = ({ attributes }: QueueRecord): Redrive | undefined => {
  if (!attributes.RedrivePolicy) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes.RedrivePolicy) as Redrive;
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
};

const invalid = (name: string): AwsError => new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);

/** Checks attributes that a client sets. @throws AwsError as SQS does, or `NotModelled` (501) for FIFO queues, customers' keys and allow lists. */
export const checkAttributes = (ctx: Context, attributes: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (notModelled.test(name))
      throw new AwsError('NotModelled', `NotModelled: sqs queue with ${name}: the twin does not have this`, { status: 501 });
    if (!settable.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    const limits = numbers[name];
    if (limits && !(/^\d+$/.test(value) && Number(value) >= limits.least && Number(value) <= limits.most)) throw invalid(name);
    if (name === 'SqsManagedSseEnabled' && !['true', 'false'].includes(value)) throw invalid(name);
    if (name === 'Policy' && value !== '') checkResourcePolicy(value, 'sqs', () => invalid(name));
    if (name === 'RedrivePolicy' && value !== '') checkRedrive(ctx, value);
  }
};

const checkRedrive = (ctx: Context, value: string): void => {
  const bad = (reason: string): AwsError => invalidParameter(`Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  let redrive: Partial<Redrive>;
  try {
    redrive = JSON.parse(value) as Partial<Redrive>;
  } catch {
    throw bad('Redrive policy is not a valid JSON map.');
  }
  const count = Number(redrive.maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw bad('Invalid value for maxReceiveCount: 1 to 1000.');
  if (!deadLetterQueue(ctx, redrive.deadLetterTargetArn)) throw bad('Dead letter target does not exist.');
};

/** A dead-letter queue is one of the same account and region. */
export const deadLetterQueue = (ctx: Context, arn: string | undefined): QueueRecord | undefined =>
  [...sqsOf(ctx).queues.values()].find((queue) => queue.arn === arn);

/** The attributes asked for (`All` for all that there are), as text. */
export const describeAttributes = (ctx: Context, queue: QueueRecord, names: readonly string[]): Record<string, string> | undefined => {
  const unknown = names.find((name) => name !== 'All' && !shown.includes(name) && !notModelled.test(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const now = ctx.now();
  const count = (counts: (visible: boolean, received: boolean) => boolean): string =>
    String(queue.messages.filter(({ visibleAt, receiveCount }) => counts(visibleAt <= now, receiveCount > 0)).length);
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ApproximateNumberOfMessages: count((visible) => visible),
    ApproximateNumberOfMessagesNotVisible: count((visible, received) => !visible && received),
    ApproximateNumberOfMessagesDelayed: count((visible, received) => !visible && !received),
    ...Object.fromEntries(Object.entries(numbers).map(([name, { usual }]) => [name, String(usual)])),
    SqsManagedSseEnabled: 'true',
    ...queue.attributes,
  };
  const wanted = Object.entries(all).filter(([name, value]) => value !== '' && (names.includes('All') || names.includes(name)));
  return wanted.length > 0 ? Object.fromEntries(wanted) : undefined;
};
