import { DescribeAlarmHistoryCommand, DescribeAlarmsCommand, type AlarmHistoryItem, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { instant, milliseconds, type Instant } from '../model/time.js';
import type { StepContext } from './define-step.js';
import { everyPage } from './every-page.js';
import { parseJson } from './parse-json.js';

/** The chain from an alarm of the site over its topic into the verification queue, and what its links need. */
export const alertChainIam = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmHistory',
  'sns:ListSubscriptionsByTopic',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

/** The site's alarm as it is now; undefined where there is none. */
export const siteAlarm = async ({ aws, to, targets: { site } }: StepContext): Promise<MetricAlarm | undefined> =>
  (await aws.cloudwatch(to.region).send(new DescribeAlarmsCommand({ AlarmNames: [site.alarm] }))).MetricAlarms?.[0];

/** Since when the alarm has been in ALARM; undefined where it is not. */
export const firingSince = (alarm: MetricAlarm | undefined): Instant | undefined => {
  const since = alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp;
  return alarm?.StateValue === 'ALARM' && since ? instant(since.getTime()) : undefined;
};

/** A message of SNS around one of CloudWatch, as far as it says which alarm went where and when. */
const envelopeSchema = z.object({ TopicArn: z.string(), Message: z.string() });
const notificationSchema = z.object({ AlarmArn: z.string(), NewStateValue: z.string(), StateChangeTime: z.string() });

export interface Arrived {
  readonly messageId: string;
  readonly firedAt: Instant;
}

/** Messages at most looked through in one look; the queue forgets within the hour, so that more would not be ours. */
const mostReceipts = 20;

/**
 * The notification that the site's alarm fired at `since` or later, if it is in the queue. Nothing is taken out: a message that was
 * looked at is there again at the next look, so that a killed run finds it too.
 */
export const arrivedSince = async (ctx: StepContext, since: Instant): Promise<Arrived | undefined> => {
  const { aws, to, targets } = ctx;
  const { alertQueueUrl, alertTopicArn, alarm } = targets.site;
  let receipts = 0;
  const messages = await everyPage<{ MessageId?: string; Body?: string }, true>(async () => {
    const { Messages } = await aws
      .sqs(to.region)
      .send(new ReceiveMessageCommand({ QueueUrl: alertQueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 5, WaitTimeSeconds: 1 }));
    return { items: Messages, next: Messages?.length && ++receipts < mostReceipts ? true : undefined };
  });
  const found = messages.flatMap(({ MessageId = '', Body = '' }) => {
    const { data: envelope } = envelopeSchema.safeParse(parseJson(Body));
    const { data: told } = notificationSchema.safeParse(parseJson(envelope?.Message ?? ''));
    if (envelope?.TopicArn !== alertTopicArn || told?.NewStateValue !== 'ALARM' || !told.AlarmArn.endsWith(`:alarm:${alarm}`)) return [];
    return [{ messageId: MessageId, firedAt: instant(milliseconds(told.StateChangeTime)) }];
  });
  return found.find(({ firedAt }) => firedAt >= since);
};

/** The first link at which the chain is not whole, and what to do about it. */
export const brokenLink = async (ctx: StepContext, since: Instant): Promise<string> => {
  const { alarm: name, alertTopicArn: topic, metricNamespace, metricName } = ctx.targets.site;
  const alarm = await siteAlarm(ctx);
  if (!alarm) return `there is no alarm ${name}: deploy the site's stacks again`;
  const actions = alarm.AlarmActions ?? [];
  if (!actions.includes(topic))
    return `the alarm ${name} acts on ${actions.join(', ') || 'nothing'} when it fires: give it the action ${topic}`;
  if (alarm.ActionsEnabled === false)
    return `the actions of the alarm are disabled: aws cloudwatch enable-alarm-actions --alarm-names ${name}`;
  const happened = await historySince(ctx, since);
  if (!happened.some(({ HistoryItemType, HistorySummary }) => HistoryItemType === 'StateUpdate' && HistorySummary?.endsWith(' to ALARM')))
    return `the alarm is ${alarm.StateValue} since ${alarm.StateUpdatedTimestamp?.toISOString()}: it has not fired on the value published for ${metricNamespace}/${metricName}`;
  const action = happened.find(({ HistoryItemType, HistorySummary }) => HistoryItemType === 'Action' && HistorySummary?.includes(topic));
  if (!action) return 'the alarm fired; no action of it is on record yet';
  if (!action.HistorySummary?.startsWith('Successfully'))
    return `the alarm fired, but its action failed (history: ${action.HistorySummary}): the policy of ${topic} has to let cloudwatch.amazonaws.com publish for ${name}`;
  return lostBehindTopic(ctx);
};

/** What happened to the site's alarm, newest first: an alarm that fired may be quiet again by now. */
const historySince = ({ aws, to, targets: { site } }: StepContext, since: Instant): Promise<AlarmHistoryItem[]> =>
  everyPage(async (NextToken) => {
    const asked = { AlarmName: site.alarm, StartDate: new Date(milliseconds(since)), ScanBy: 'TimestampDescending', NextToken } as const;
    const page = await aws.cloudwatch(to.region).send(new DescribeAlarmHistoryCommand(asked));
    return { items: page.AlarmHistoryItems, next: page.NextToken };
  });

/** Where a notification that the topic took can have been lost. */
const lostBehindTopic = async ({ aws, to, targets: { site } }: StepContext): Promise<string> => {
  const { alertTopicArn: topic, alertQueueArn: queue } = site;
  const subscriptions = await everyPage(async (NextToken) => {
    const page = await aws.sns(to.region).send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken }));
    return { items: page.Subscriptions, next: page.NextToken };
  });
  const ours = subscriptions.find(({ Endpoint }) => Endpoint === queue);
  if (!ours)
    return `the topic took the notification, but the queue is not subscribed: aws sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${queue}`;
  if (!ours.SubscriptionArn?.startsWith('arn:'))
    return `the topic took the notification, but the subscription of ${queue} is not confirmed (${ours.SubscriptionArn}): confirm it`;
  const asked = new GetQueueAttributesCommand({ QueueUrl: site.alertQueueUrl, AttributeNames: ['Policy'] });
  const policy = (await aws.sqs(to.region).send(asked)).Attributes?.Policy ?? '';
  if (!policy.includes(topic))
    return `the topic took the notification, but the policy of the queue ${queue} does not name it: let sns.amazonaws.com send messages for ${topic}`;
  return `the topic took the notification and the queue ${queue} is subscribed and names it in its policy, but nothing arrived: read that policy for conditions and denials`;
};
