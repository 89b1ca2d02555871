import type { Tag } from '@aws-sdk/client-sns';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface TopicRecord {
  readonly name: string;
  readonly arn: string;
  displayName: string;
  policy: string;
  tags: Tag[];
}
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Nobody confirmed it, so nothing is ever delivered to it. */
  readonly pending: boolean;
  readonly principalArn: string;
  raw: boolean;
}

const key = regional('sns.records', () => ({
  topics: new Map<string, TopicRecord>(),
  subscriptions: new Map<string, SubscriptionRecord>(),
}));
export const snsOf = (ctx: Context) => ctx.state(key);

export const topicArn = (ctx: Context, name: string): string => `arn:aws:sns:${ctx.region}:${ctx.account}:${name}`;
export const invalid = (what: string): AwsError => new AwsError('InvalidParameterException', `Invalid parameter: ${what}`);

/** @throws AwsError `InvalidParameter` for what is no topic's ARN in this region, `NotFound` for a topic that is not there. */
export const topicAt = (ctx: Context, arn: string | undefined): TopicRecord => {
  const [, region] = /^arn:aws:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(arn ?? '') ?? [];
  if (region !== ctx.region) throw invalid('TopicArn');
  const found = snsOf(ctx).topics.get(arn!);
  if (!found) throw new AwsError('NotFoundException', 'Topic does not exist');
  return found;
};

/** The policy of a topic that nobody gave one: whatever its own account does, alarms included (Amazon SNS developer guide, "access control"). */
export const defaultPolicy = (ctx: Context, arn: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': ctx.account } },
      },
    ],
  });
