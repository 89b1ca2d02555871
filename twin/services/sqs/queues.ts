import type * as SQS from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { checkAttributes, describeAttributes, redriveOf } from './attributes.js';
import { dropExpired } from './messages.js';
import { invalidParameter, noSuchQueue, queueArn, queueAt, queueUrl, sqsOf, type QueueRecord } from './records.js';

/** Seconds for which a deleted queue's name stays taken, and between two purges (Amazon SQS API reference). */
const aWhile = 60;
const badToken = (): AwsError => invalidParameter('Invalid or expired next token.');

const checkName = (name: string | undefined): string => {
  if (!name) throw new AwsError('MissingParameter', 'The request must contain the parameter QueueName.');
  if (/^[\w-]{1,80}$/.test(name)) return name;
  throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
};

/** CreateQueue is idempotent as long as every attribute that it names is what the queue has. */
const sameQueue = (ctx: Context, held: QueueRecord, attributes: Readonly<Record<string, string>>): { QueueUrl: string } => {
  const has = describeAttributes(ctx, held, ['All']) ?? {};
  const differs = Object.entries(attributes).find(([name, value]) => (has[name] ?? '') !== value);
  if (!differs) return { QueueUrl: held.url };
  throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${differs[0]}`);
};

export const queues = {
  CreateQueue: (input, ctx) => {
    accept('sqs.CreateQueue', input, ['QueueName', 'Attributes', 'tags']);
    const attributes = { ...input.Attributes } as Record<string, string>;
    checkAttributes(ctx, attributes);
    const name = checkName(input.QueueName);
    const { queues: held, deleted } = sqsOf(ctx);
    const found = held.get(name);
    if (found) return sameQueue(ctx, found, attributes);
    if (deleted.has(name)) {
      throw new AwsError(
        'QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      );
    }
    const now = ctx.now();
    const url = queueUrl(ctx, name);
    const arn = queueArn(ctx, name);
    const tags = { ...input.tags };
    held.set(name, { name, url, arn, createdAt: now, modifiedAt: now, purgedAt: undefined, attributes, tags, messages: [] });
    return { QueueUrl: url };
  },
  GetQueueUrl: ({ QueueName, QueueOwnerAWSAccountId }, ctx) => {
    const found = sqsOf(ctx).queues.get(QueueName ?? '');
    if (!found || (QueueOwnerAWSAccountId ?? ctx.account) !== ctx.account) throw noSuchQueue();
    return { QueueUrl: found.url };
  },
  ListQueues: ({ QueueNamePrefix = '', MaxResults, NextToken }, ctx) => {
    const urls = [...sqsOf(ctx).queues.values()].filter(({ name }) => name.startsWith(QueueNamePrefix)).map(({ url }) => url);
    return urlPage(urls.sort(), MaxResults, NextToken);
  },
  ListDeadLetterSourceQueues: ({ QueueUrl, MaxResults, NextToken }, ctx) => {
    const { arn } = queueAt(ctx, QueueUrl);
    const sources = [...sqsOf(ctx).queues.values()].filter((queue) => redriveOf(queue)?.deadLetterTargetArn === arn);
    const { QueueUrls = [], NextToken: next } = urlPage(sources.map(({ url }) => url).sort(), MaxResults, NextToken);
    return { queueUrls: QueueUrls, NextToken: next };
  },
  DeleteQueue: ({ QueueUrl }, ctx) => {
    const { name } = queueAt(ctx, QueueUrl);
    sqsOf(ctx).queues.delete(name);
    sqsOf(ctx).deleted.add(name);
    ctx.after(aWhile, `the name of queue ${name} is free again`, (then) => void sqsOf(then).deleted.delete(name));
    return {};
  },
  PurgeQueue: ({ QueueUrl }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    if (ctx.now() < (queue.purgedAt ?? -Infinity) + aWhile * 1000)
      throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`);
    queue.purgedAt = ctx.now();
    queue.messages = [];
    return {};
  },
  GetQueueAttributes: ({ QueueUrl, AttributeNames = [] }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    dropExpired(ctx, queue);
    return { Attributes: describeAttributes(ctx, queue, AttributeNames) };
  },
  SetQueueAttributes: ({ QueueUrl, Attributes }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    const attributes = { ...Attributes } as Record<string, string>;
    checkAttributes(ctx, attributes);
    queue.attributes = { ...queue.attributes, ...attributes };
    queue.modifiedAt = ctx.now();
    return {};
  },
  TagQueue: ({ QueueUrl, Tags }, ctx) => {
    Object.assign(queueAt(ctx, QueueUrl).tags, Tags);
    return {};
  },
  UntagQueue: ({ QueueUrl, TagKeys = [] }, ctx) => {
    const queue = queueAt(ctx, QueueUrl);
    queue.tags = Object.fromEntries(Object.entries(queue.tags).filter(([name]) => !TagKeys.includes(name)));
    return {};
  },
  ListQueueTags: ({ QueueUrl }, ctx) => {
    const { tags } = queueAt(ctx, QueueUrl);
    return Object.keys(tags).length > 0 ? { Tags: tags } : {};
  },
} satisfies Operations<typeof SQS>;

/** Without MaxResults AWS gives the first thousand and no token. */
const urlPage = (urls: string[], most: number | undefined, token: string | undefined) => {
  if (most === undefined) return { QueueUrls: urls.slice(0, 1000), NextToken: undefined };
  const { items, next } = page(urls, { token, most }, badToken);
  return { QueueUrls: items, NextToken: next };
};
