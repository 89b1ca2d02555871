import type { StandingWorld } from './standing-world.js';

/** The chain from the site's alarm over its topic into the verification queue, as targets name its links; each link can be made to differ. */
export const alertingStands = async (world: StandingWorld, alarm: object = {}): Promise<void> => {
  const { site } = world.targets;
  const nameIn = (arn: string): string => arn.split(':').at(-1)!;
  await world.call('sns', 'CreateTopic', { Name: nameIn(site.alertTopicArn) });
  await world.call('sqs', 'CreateQueue', {
    QueueName: nameIn(site.alertQueueArn),
    Attributes: { MessageRetentionPeriod: '3600', Policy: queuePolicy(world) },
  });
  await world.call('sns', 'Subscribe', { TopicArn: site.alertTopicArn, Protocol: 'sqs', Endpoint: site.alertQueueArn });
  await alarmStands(world, alarm);
};

export const queuePolicy = ({ targets: { site } }: StandingWorld): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: site.alertQueueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': site.alertTopicArn } },
      },
    ],
  });

/** The site's alarm, acting on the site's topic; quiet two minutes later. */
export const alarmStands = async (world: StandingWorld, changes: object = {}): Promise<void> => {
  const { site } = world.targets;
  await world.call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: site.alarm,
    Namespace: site.metricNamespace,
    MetricName: site.metricName,
    Dimensions: [{ Name: 'Site', Value: site.site }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [site.alertTopicArn],
    ...changes,
  });
  await world.pass(120);
};
