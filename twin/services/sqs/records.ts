import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { policyAllows } from '../resource-policy.js';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  /** Milliseconds since the epoch; what retention counts from, in a dead-letter queue too. */
  readonly sentAt: number;
  /** When it can be received next. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** ARN of the queue it was moved from. */
  readonly deadLetterSource: string | undefined;
}
export interface QueueRecord {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly createdAt: number;
  modifiedAt: number;
  purgedAt: number | undefined;
  /** Attributes that were set; defaults are not in here. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  /** Oldest first. */
  messages: Message[];
}

const key = regional('sqs.records', () => ({
  queues: new Map<string, QueueRecord>(),
  /** Names of queues just deleted: for a while no queue can be called so. */
  deleted: new Set<string>(),
}));
export const sqsOf = (ctx: Context) => ctx.state(key);

export const queueArn = (ctx: Context, name: string): string => `arn:aws:sqs:${ctx.region}:${ctx.account}:${name}`;

/**
 * A queue's URL leads to the twin and nowhere else: clients that are told no endpoint send their requests to the URL's own host.
 * The region is in its path, where AWS has it in the host's name.
 */
export const queueUrl = (ctx: Context, name: string): string => `${ctx.endpoint}/${ctx.region}/${ctx.account}/${name}`;

export const noSuchQueue = (): AwsError => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

/** The queue at a URL. @throws AwsError `InvalidAddress` for a URL of another region, `QueueDoesNotExist` for a queue that is not there. */
export const queueAt = (ctx: Context, url: string | undefined): QueueRecord => {
  if (!url) throw new AwsError('MissingParameter', 'The request must contain the parameter QueueUrl.');
  const [region, account, name] = url.split('/').slice(-3);
  const found = sqsOf(ctx).queues.get(name ?? '');
  if (region !== undefined && region !== ctx.region && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  if (!found || account !== ctx.account) throw noSuchQueue();
  return found;
};

/** A service of AWS may do with a queue what the queue's policy says; a client of the account may do everything, for IAM is not evaluated. */
export const mustBeAllowed = (ctx: Context, queue: QueueRecord, action: string): void => {
  const { service } = ctx.caller;
  if (service === undefined || policyAllows(queue.attributes.Policy, { service, action: `sqs:${action}`, resourceArn: queue.arn })) return;
  throw new AwsError('AccessDenied', `Access to the resource ${queue.url} is denied.`, { status: 403 });
};

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterValue', message);
