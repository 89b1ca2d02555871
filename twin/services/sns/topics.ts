import type * as SNS from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import { checkResourcePolicy } from '../resource-policy.js';
import type { Operations } from '../service.js';
import { defaultPolicy, invalid, snsOf, topicArn, topicAt, type TopicRecord } from './records.js';

const mostTags = 50;
export const pageOf = <T>(items: readonly T[], token: string | undefined) => page(items, { token, most: 100 }, () => invalid('NextToken'));

/** Sets one attribute. @throws AwsError for an attribute that SNS does not know, `NotModelled` (501) for one that the twin does not have. */
const setAttribute = (topic: TopicRecord, name: string, value: string, ctx: Context): void => {
  if (name === 'DisplayName') {
    if (value.length > 100) throw invalid('DisplayName Reason: at most 100 characters');
    topic.displayName = value;
  } else if (name === 'Policy') {
    if (value !== '') checkResourcePolicy(value, 'sns', (why) => invalid(`Policy Error: ${why}`));
    topic.policy = value === '' ? defaultPolicy(ctx, topic.arn) : value;
  } else if (
    /^(FifoTopic|ContentBased|FifoThroughput|Kms|DeliveryPolicy|TracingConfig|Signature|Archive|DataProtection|\w+Feedback)/.test(name)
  ) {
    throw new AwsError('NotModelled', `NotModelled: sns topic with ${name}: the twin does not have this`, { status: 501 });
  } else throw invalid('AttributeName');
};

const fresh = (ctx: Context, name: string, attributes: Readonly<Record<string, string>>, tags: readonly SNS.Tag[]): TopicRecord => {
  const arn = topicArn(ctx, name);
  const topic: TopicRecord = { name, arn, displayName: '', policy: defaultPolicy(ctx, arn), tags: [...tags] };
  for (const [attribute, value] of Object.entries(attributes)) setAttribute(topic, attribute, value, ctx);
  return topic;
};

const hasTags = (topic: TopicRecord, tags: readonly SNS.Tag[]): boolean =>
  tags.every(({ Key, Value }) => topic.tags.some((held) => held.Key === Key && held.Value === Value));

const taggedAt = (ctx: Context, arn: string | undefined): TopicRecord => {
  const found = snsOf(ctx).topics.get(arn ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', 'Resource does not exist');
  return found;
};

export const topics = {
  CreateTopic: (input, ctx) => {
    accept('sns.CreateTopic', input, ['Name', 'Attributes', 'Tags']);
    const { Name: name = '', Tags = [] } = input;
    if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
    const wanted = fresh(ctx, name, input.Attributes ?? {}, Tags);
    const held = snsOf(ctx).topics.get(wanted.arn);
    if (!held) snsOf(ctx).topics.set(wanted.arn, wanted);
    // Creating a topic that is there gives its ARN, as long as it is the topic that was asked for.
    else if (!hasTags(held, Tags)) throw invalid('Tags Reason: Topic already exists with different tags');
    else if (['DisplayName', 'Policy'].some((attribute) => attribute in (input.Attributes ?? {}) && differs(held, wanted, attribute)))
      throw invalid('Attributes Reason: Topic already exists with different attributes');
    return { TopicArn: wanted.arn };
  },
  DeleteTopic: ({ TopicArn }, ctx) => {
    const { topics: held, subscriptions } = snsOf(ctx);
    held.delete(TopicArn ?? '');
    for (const { arn, topicArn: of } of [...subscriptions.values()]) if (of === TopicArn) subscriptions.delete(arn);
    return {};
  },
  ListTopics: ({ NextToken }, ctx) => {
    const { items, next } = pageOf([...snsOf(ctx).topics.keys()].sort(), NextToken);
    return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken: next };
  },
  GetTopicAttributes: ({ TopicArn }, ctx) => {
    const topic = topicAt(ctx, TopicArn);
    const count = (pending: boolean): string =>
      String([...snsOf(ctx).subscriptions.values()].filter((one) => one.topicArn === topic.arn && one.pending === pending).length);
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: ctx.account,
        DisplayName: topic.displayName,
        Policy: topic.policy,
        SubscriptionsConfirmed: count(false),
        SubscriptionsPending: count(true),
        SubscriptionsDeleted: '0',
      },
    };
  },
  SetTopicAttributes: ({ TopicArn, AttributeName = '', AttributeValue = '' }, ctx) => {
    setAttribute(topicAt(ctx, TopicArn), AttributeName, AttributeValue, ctx);
    return {};
  },
  TagResource: ({ ResourceArn, Tags = [] }, ctx) => {
    const topic = taggedAt(ctx, ResourceArn);
    const tags = [...topic.tags.filter(({ Key }) => !Tags.some((tag) => tag.Key === Key)), ...Tags];
    if (tags.length > mostTags)
      throw new AwsError('TagLimitExceededException', `Could not complete request: tag quota of per resource exceeded`);
    topic.tags = tags;
    return {};
  },
  UntagResource: ({ ResourceArn, TagKeys = [] }, ctx) => {
    const topic = taggedAt(ctx, ResourceArn);
    topic.tags = topic.tags.filter(({ Key }) => !TagKeys.includes(Key ?? ''));
    return {};
  },
  ListTagsForResource: ({ ResourceArn }, ctx) => ({ Tags: taggedAt(ctx, ResourceArn).tags }),
} satisfies Operations<typeof SNS>;

const differs = (held: TopicRecord, wanted: TopicRecord, attribute: string): boolean =>
  attribute === 'Policy' ? held.policy !== wanted.policy : held.displayName !== wanted.displayName;
