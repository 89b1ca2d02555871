import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { altsite, startTwin, type Twin } from './support/altsite.js';
import { deployProduction } from './support/production.js';
import { customer } from './support/customer.js';
import { backUpAndCopy, configOf } from './support/protect.js';
import { ownClock } from './support/world-clock.js';

const region = 'eu-central-1';
const TopicArn = `arn:aws:sns:${region}:111122223333:ambassify-frankfurt-alerts`;

interface Report {
  readonly run: string;
  readonly outcome: string;
  readonly hold?: { readonly task: string; readonly reason: string };
  readonly gates: readonly { readonly check: string; readonly holds: unknown; readonly observed: string }[];
  readonly notProven: readonly string[];
}

/** The links from alarm to queue as people would break them, each giving back how to mend it. */
const links = (twin: Twin) => {
  const sns = new SNSClient(configOf(twin, region));
  const cloudWatch = new CloudWatchClient(configOf(twin, region));
  const setPolicy = (AttributeValue: string | undefined) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  return {
    topicPolicy: async () => {
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const Statement = [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn }];
      await setPolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
      return () => setPolicy(Attributes?.Policy);
    },
    subscription: async () => {
      const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      // People who want mail are subscribed beside it.
      const { SubscriptionArn, Protocol, Endpoint } = Subscriptions.find((one) => one.Protocol === 'sqs')!;
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      return () => sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
    },
    alarmActions: async () => {
      const asked = new DescribeAlarmsCommand({ AlarmNames: ['ambassify-frankfurt-recovery-probe'] });
      const [alarm] = (await cloudWatch.send(asked)).MetricAlarms ?? [];
      const { AlarmName, Namespace, MetricName, Dimensions, Statistic, Period, EvaluationPeriods, AlarmActions } = alarm ?? {};
      const { Threshold, ComparisonOperator, TreatMissingData } = alarm ?? {};
      const what = { AlarmName, Namespace, MetricName, Dimensions, Statistic, Period, EvaluationPeriods };
      const put = (AlarmActions: string[] | undefined) =>
        cloudWatch.send(new PutMetricAlarmCommand({ ...what, Threshold, ComparisonOperator, TreatMissingData, AlarmActions }));
      expect(AlarmActions).toEqual([TopicArn]);
      await put([]);
      return () => put(AlarmActions);
    },
  };
};

describe('alerting that reaches nobody', () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ seed: 41 });
    await deployProduction(twin);
  }, 240_000);
  afterAll(() => twin.stop());

  it('holds the run at whatever link is broken, leaves DNS alone, and holds no more once all are mended', async () => {
    const www = customer(twin);
    const clock = await ownClock(twin.url);
    // The image is in the other region by then.
    await clock.pass(1800);
    expect(await www.order('first')).toBe(true);
    await backUpAndCopy(twin, clock, async () => undefined);
    await clock.release();
    const home = await www.lookUp();
    await altsite(['twin', 'fault', 'region-outage', '--region', 'eu-west-1', '--twin', twin.url], twin);

    const { topicPolicy, subscription, alarmActions } = links(twin);
    let run: string | undefined;
    const goOn = async (): Promise<{ code: number | null; report: Report }> => {
      if (run !== undefined) await altsite(['decide', run, 'test-alerting', 'retry', '--by', 'cto', '--reason', 'link mended'], twin);
      const ran = await altsite([...(run === undefined ? ['run'] : ['resume', run]), '--twin', twin.url, '--json'], twin);
      const report = ran.json() as Report;
      run = report.run;
      return { code: ran.code, report };
    };
    const isHeldBecause = async (reason: string): Promise<void> => {
      const { code, report } = await goOn();
      expect({ code, outcome: report.outcome, hold: report.hold }).toMatchObject({
        code: 3,
        outcome: 'held',
        hold: { task: 'test-alerting', reason: expect.stringContaining(reason) as unknown },
      });
      expect(await www.lookUp()).toEqual(home);
    };

    const mendPolicy = await topicPolicy();
    await isHeldBecause('not authorized to perform: SNS:Publish');
    await mendPolicy();
    const subscribe = await subscription();
    await isHeldBecause('the queue is not subscribed: aws sns subscribe');
    await subscribe();
    const mendActions = await alarmActions();
    await isHeldBecause('acts on nothing when it fires: give it the action');
    await mendActions();

    const { code, report } = await goOn();
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: 'recovered' });
    expect(report.gates.find(({ check }) => check === 'alerting.reaches-queue')).toMatchObject({
      holds: true,
      observed: expect.stringContaining('in the queue as message') as unknown,
    });
    expect(report.notProven.filter((one) => one.startsWith('alerting:'))).toEqual([
      'alerting: that a person reads what an alarm sends was not tried',
    ]);
    expect(await www.site()).toBe('frankfurt');
  }, 240_000);
});
