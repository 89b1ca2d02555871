import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { queueArn, sqsOf } from './records.js';

const attributeNames = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

const read = (properties: ResourceProperties) => {
  const given = readProperties('AWS::SQS::Queue', properties, ['QueueName', 'Tags', ...attributeNames]);
  const attributes = attributeNames.map((name) => [name, given.json(name)] as const).filter(([, value]) => value !== undefined);
  return {
    name: given.text('QueueName'),
    Attributes: Object.fromEntries(attributes) as Record<string, string>,
    tags: Object.fromEntries((given.tags() ?? []).map(({ Key, Value }) => [Key, Value])),
  };
};
const nameIn = (url: string): string => url.split('/').at(-1)!;
const described = (ctx: Context, url: string) => ({
  physicalId: url,
  attributes: { Arn: queueArn(ctx, nameIn(url)), QueueName: nameIn(url), QueueUrl: url },
});
/** What a queue has when nobody said otherwise: an attribute that a template no longer names goes back to it. */
const usual: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};
const unlessGone = (error: unknown): void => {
  if (!(error instanceof AwsError && error.code === 'QueueDoesNotExist')) throw error;
};

const setPolicies = async (ctx: Context, properties: ResourceProperties): Promise<void> => {
  const given = readProperties('AWS::SQS::QueuePolicy', properties, ['Queues', 'PolicyDocument']);
  const Attributes = { Policy: given.json('PolicyDocument') ?? '' };
  for (const QueueUrl of given.texts('Queues') ?? []) await ctx.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
};
const clearPolicies = async (ctx: Context, urls: readonly string[]): Promise<void> => {
  for (const QueueUrl of urls) await ctx.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }).catch(unlessGone);
};
const queuesOf = ({ Queues }: ResourceProperties): string[] => ((Queues ?? []) as unknown[]).map(String);

/** CloudFormation types that SQS backs. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::SQS::Queue',
    replacedOn: ['QueueName'],
    holdsData: true,
    create: async (properties, ctx, names) => {
      const { name, Attributes, tags } = read(properties);
      const input = { QueueName: name ?? names.generated(80), Attributes, tags };
      // CreateQueue would hand out a queue of that name that is somebody else's; CloudFormation refuses it.
      if (sqsOf(ctx).queues.has(input.QueueName))
        throw new AwsError('QueueNameExists', `Resource of type 'AWS::SQS::Queue' with identifier '${input.QueueName}' already exists.`);
      const { QueueUrl } = await ctx.call<{ QueueUrl: string }>('sqs', 'CreateQueue', input);
      return described(ctx, QueueUrl);
    },
    update: async (QueueUrl, properties, previous, ctx) => {
      const { Attributes, tags } = read(properties);
      const before = read(previous);
      const dropped = Object.keys(before.Attributes).filter((name) => !(name in Attributes));
      const reset = Object.fromEntries(dropped.map((name) => [name, usual[name]!]));
      await ctx.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { ...reset, ...Attributes } });
      const TagKeys = Object.keys(before.tags).filter((name) => !(name in tags));
      if (TagKeys.length > 0) await ctx.call('sqs', 'UntagQueue', { QueueUrl, TagKeys });
      await ctx.call('sqs', 'TagQueue', { QueueUrl, Tags: tags });
      return described(ctx, QueueUrl);
    },
    delete: async (QueueUrl, _properties, ctx) => {
      await ctx.call('sqs', 'DeleteQueue', { QueueUrl }).catch(unlessGone);
    },
    gone: (url, ctx) => !sqsOf(ctx).deleted.has(nameIn(url)),
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    replacedOn: [],
    create: async (properties, ctx, names) => {
      await setPolicies(ctx, properties);
      return { physicalId: names.generated() };
    },
    update: async (physicalId, properties, previous, ctx) => {
      await setPolicies(ctx, properties);
      await clearPolicies(
        ctx,
        queuesOf(previous).filter((url) => !queuesOf(properties).includes(url)),
      );
      return { physicalId };
    },
    delete: (_physicalId, properties, ctx) => clearPolicies(ctx, queuesOf(properties)),
  },
];
