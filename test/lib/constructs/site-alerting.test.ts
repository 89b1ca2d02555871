import { expect, test } from '@jest/globals';
import { SiteAlerting } from '../../../lib/constructs/site-alerting.js';
import { siteNames } from '../../../lib/contract/names.js';
import { ambassify, bench, resourcesOf, synthesise } from '../production-templates.js';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: unknown;
  readonly Principal: unknown;
  readonly Condition?: unknown;
}
const statementsOf = (properties: Readonly<Record<string, unknown>> | undefined): Statement[] =>
  (properties!['PolicyDocument'] as { Statement: Statement[] }).Statement;
const made = () => {
  const { stack, template } = bench();
  const props = { topicName: 'alerts', queueName: 'seen', siteName: 'north', region: 'eu-west-1', account: '111122223333', mail: [] };
  new SiteAlerting(stack, 'Alerting', props);
  const only = (type: string) => {
    const found = resourcesOf(template().toJSON() as Parameters<typeof resourcesOf>[0], type);
    expect(found).toHaveLength(1);
    return { id: found[0]![0], properties: found[0]![1].Properties };
  };
  return only;
};

test('alarms of this account and region may publish, nobody else is let in, and nothing in the clear', () => {
  const statements = statementsOf(made()('AWS::SNS::TopicPolicy').properties);
  const of = (effect: string) => statements.filter(({ Effect }) => Effect === effect);
  expect(of('Deny')).toMatchObject([{ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
  expect(of('Allow')).toMatchObject([
    {
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*' },
      },
    },
  ]);
});

test('the queue is subscribed to the topic, takes messages of that topic only, and forgets them within the hour', () => {
  const only = made();
  const topic = { Ref: only('AWS::SNS::Topic').id };
  const queue = only('AWS::SQS::Queue');
  expect(only('AWS::SNS::Subscription').properties).toEqual({
    TopicArn: topic,
    Protocol: 'sqs',
    Endpoint: { 'Fn::GetAtt': [queue.id, 'Arn'] },
  });
  expect(statementsOf(only('AWS::SQS::QueuePolicy').properties).filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
    { Action: 'sqs:SendMessage', Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': topic } } },
  ]);
  expect(queue.properties).toMatchObject({ MessageRetentionPeriod: 3600, SqsManagedSseEnabled: true });
});

test('each site has a topic of its own, and its probe alarm acts on it', () => {
  const { templates } = synthesise();
  for (const [path, site] of [
    ['Primary/RecoveryAccess', ambassify.sites.primary],
    ['Alternate/RecoveryAccess', ambassify.sites.alternate],
  ] as const) {
    const template = templates.get(path)!;
    const [[topic, { Properties }] = ['', { Properties: undefined }]] = resourcesOf(template, 'AWS::SNS::Topic');
    expect(Properties).toMatchObject({ TopicName: siteNames(ambassify, site).alertTopic });
    const [[, alarm] = ['', undefined]] = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    expect(alarm?.Properties).toMatchObject({ AlarmActions: [{ Ref: topic }] });
  }
});

test('people who want mail are subscribed beside the queue, each once', () => {
  const { stack, template } = bench();
  const mail = ['dev-ops@example.com', 'cto@example.com'];
  const props = { topicName: 'alerts', queueName: 'seen', siteName: 'north', region: 'eu-west-1', account: '111122223333', mail };
  new SiteAlerting(stack, 'Alerting', props);
  const subscriptions = resourcesOf(template().toJSON() as Parameters<typeof resourcesOf>[0], 'AWS::SNS::Subscription');
  expect(subscriptions.map(([, { Properties }]) => [Properties?.['Protocol'], Properties?.['Endpoint']])).toEqual([
    ['email', 'dev-ops@example.com'],
    ['email', 'cto@example.com'],
    ['sqs', expect.anything()],
  ]);
});
