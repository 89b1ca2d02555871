import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { snsOf, topicArn } from './records.js';

const unlessGone = (error: unknown): void => {
  if (!(error instanceof AwsError && error.code === 'NotFoundException')) throw error;
};
const setAttribute = (ctx: Context, TopicArn: string, AttributeName: string, AttributeValue: string) =>
  ctx.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName, AttributeValue });

const readTopic = (properties: ResourceProperties) => {
  const given = readProperties('AWS::SNS::Topic', properties, ['TopicName', 'DisplayName', 'Subscription', 'Tags']);
  const inline = (given.raw('Subscription') ?? []) as { Endpoint: string; Protocol: string }[];
  return { name: given.text('TopicName'), DisplayName: given.text('DisplayName') ?? '', Tags: given.tags() ?? [], inline };
};
const describedTopic = (arn: string) => ({ physicalId: arn, attributes: { TopicArn: arn, TopicName: arn.split(':').at(-1)! } });
const subscribeAll = async (ctx: Context, TopicArn: string, inline: readonly { Endpoint: string; Protocol: string }[]): Promise<void> => {
  for (const { Endpoint, Protocol } of inline) await ctx.call('sns', 'Subscribe', { TopicArn, Endpoint, Protocol });
};

const topic: ResourceType = {
  type: 'AWS::SNS::Topic',
  replacedOn: ['TopicName'],
  create: async (properties, ctx, names) => {
    const { name, DisplayName, Tags, inline } = readTopic(properties);
    const Name = name ?? names.generated(256);
    // CreateTopic would hand out a topic of that name that is somebody else's; CloudFormation refuses it.
    if (snsOf(ctx).topics.has(topicArn(ctx, Name)))
      throw new AwsError('AlreadyExists', `Resource of type 'AWS::SNS::Topic' with identifier '${topicArn(ctx, Name)}' already exists.`);
    const { TopicArn } = await ctx.call<{ TopicArn: string }>('sns', 'CreateTopic', { Name, Tags });
    if (DisplayName !== '') await setAttribute(ctx, TopicArn, 'DisplayName', DisplayName);
    await subscribeAll(ctx, TopicArn, inline);
    return describedTopic(TopicArn);
  },
  update: async (arn, properties, previous, ctx) => {
    const [wanted, before] = [readTopic(properties), readTopic(previous)];
    await setAttribute(ctx, arn, 'DisplayName', wanted.DisplayName);
    const TagKeys = before.Tags.map(({ Key }) => Key).filter((key) => !wanted.Tags.some(({ Key }) => Key === key));
    if (TagKeys.length > 0) await ctx.call('sns', 'UntagResource', { ResourceArn: arn, TagKeys });
    await ctx.call('sns', 'TagResource', { ResourceArn: arn, Tags: wanted.Tags });
    await subscribeAll(ctx, arn, wanted.inline);
    const isWanted = (endpoint: string): boolean => wanted.inline.some(({ Endpoint }) => Endpoint === endpoint);
    const dropped = before.inline.map(({ Endpoint }) => Endpoint).filter((endpoint) => !isWanted(endpoint));
    for (const { arn: SubscriptionArn, topicArn: of, endpoint } of [...snsOf(ctx).subscriptions.values()])
      if (of === arn && dropped.includes(endpoint)) await ctx.call('sns', 'Unsubscribe', { SubscriptionArn });
    return describedTopic(arn);
  },
  delete: async (TopicArn, _properties, ctx) => {
    await ctx.call('sns', 'DeleteTopic', { TopicArn });
  },
};

const subscriptionNames = ['TopicArn', 'Protocol', 'Endpoint', 'Region', 'RawMessageDelivery'];
const readSubscription = (ctx: Context, properties: ResourceProperties) => {
  const given = readProperties('AWS::SNS::Subscription', properties, subscriptionNames);
  const raw = given.flag('RawMessageDelivery') ?? false;
  const input = { TopicArn: given.text('TopicArn'), Protocol: given.text('Protocol'), Endpoint: given.text('Endpoint') };
  // The topic may be in another region; the subscription lives with it.
  return { raw, input, there: ctx.at({ region: given.text('Region') ?? ctx.region }) };
};

const subscription: ResourceType = {
  type: 'AWS::SNS::Subscription',
  replacedOn: ['TopicArn', 'Protocol', 'Endpoint', 'Region'],
  create: async (properties, ctx) => {
    const { raw, input, there } = readSubscription(ctx, properties);
    const Attributes = raw ? { RawMessageDelivery: 'true' } : {};
    const asked = { ...input, Attributes, ReturnSubscriptionArn: true };
    const { SubscriptionArn } = await there.call<{ SubscriptionArn: string }>('sns', 'Subscribe', asked);
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  update: async (SubscriptionArn, properties, _previous, ctx) => {
    const { raw, there } = readSubscription(ctx, properties);
    const attribute = { AttributeName: 'RawMessageDelivery', AttributeValue: String(raw) };
    await there.call('sns', 'SetSubscriptionAttributes', { SubscriptionArn, ...attribute });
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  delete: async (SubscriptionArn, properties, ctx) => {
    await readSubscription(ctx, properties).there.call('sns', 'Unsubscribe', { SubscriptionArn });
  },
};

const topicsOf = ({ Topics }: ResourceProperties): string[] => ((Topics ?? []) as unknown[]).map(String);
const setPolicies = async (ctx: Context, properties: ResourceProperties): Promise<void> => {
  const given = readProperties('AWS::SNS::TopicPolicy', properties, ['Topics', 'PolicyDocument']);
  for (const arn of topicsOf(properties)) await setAttribute(ctx, arn, 'Policy', given.json('PolicyDocument') ?? '');
};
/** A topic without a policy resource has the default policy again. */
const clearPolicies = async (ctx: Context, arns: readonly string[]): Promise<void> => {
  for (const arn of arns) await setAttribute(ctx, arn, 'Policy', '').catch(unlessGone);
};

const topicPolicy: ResourceType = {
  type: 'AWS::SNS::TopicPolicy',
  replacedOn: [],
  create: async (properties, ctx, names) => {
    await setPolicies(ctx, properties);
    return { physicalId: names.generated() };
  },
  update: async (physicalId, properties, previous, ctx) => {
    await setPolicies(ctx, properties);
    await clearPolicies(
      ctx,
      topicsOf(previous).filter((arn) => !topicsOf(properties).includes(arn)),
    );
    return { physicalId };
  },
  delete: (_physicalId, properties, ctx) => clearPolicies(ctx, topicsOf(properties)),
};

/** CloudFormation types that SNS backs. */
export const resourceTypes: readonly ResourceType[] = [topic, subscription, topicPolicy];
