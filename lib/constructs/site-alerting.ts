import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface SiteAlertingProps {
  readonly topicName: string;
  readonly queueName: string;
  readonly siteName: string;
  readonly region: string;
  readonly account: string;
  /** Addresses that get every notification beside the queue, once each has confirmed. */
  readonly mail: readonly string[];
}

/**
 * Where the alarms of a site go, and a queue that is subscribed beside whoever else is: in it a recovery sees that an alarm's
 * notification really gets out. Nothing reads the queue otherwise, and an hour later it has forgotten.
 */
export class SiteAlerting extends Construct {
  readonly topic: Topic;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: SiteAlertingProps) {
    super(scope, id);
    const { region, account } = props;
    this.topic = new Topic(this, 'Topic', { topicName: props.topicName, displayName: `Alarms of ${props.siteName}`, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisSite',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      retentionPeriod: Duration.hours(1),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'A recovery looks into it for the notification it has just provoked; what nobody looks at is to be forgotten, not kept elsewhere',
    });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThisTopic',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
    // Not by `topic.addSubscription`: its logical id would be made of the topic's path, which names the site's role.
    props.mail.forEach((endpoint, index) => {
      new Subscription(this, `Mail${index + 1}`, { topic: this.topic, protocol: SubscriptionProtocol.EMAIL, endpoint });
    });
    new Subscription(this, 'Delivery', { topic: this.topic, protocol: SubscriptionProtocol.SQS, endpoint: this.queue.queueArn });
  }
}
