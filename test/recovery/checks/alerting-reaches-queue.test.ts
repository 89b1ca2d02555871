import { beforeEach, describe, expect, it } from '@jest/globals';
import { alertingReachesQueue } from '../../../recovery/checks/alerting-reaches-queue.js';
import { gate } from '../../../recovery/kit/define-check.js';
import type { Evidence } from '../../../recovery/model/evidence.js';
import { instant } from '../../../recovery/model/time.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { alarmStands, alertingStands, queuePolicy } from '../../../recovery/simulation/standing/alerting.js';
import { askCheck, carryOut } from '../../helpers/step-suite.js';

let world: RecoveryWorld;
beforeEach(() => {
  world = recoveryWorld();
});
const asked = (): Promise<Evidence> => askCheck(alertingReachesQueue, {}, world);
const step = gate([{ check: alertingReachesQueue, with: {} }]);
/** The check does not hold, and says so in these words. */
const isBroken = async (words: RegExp): Promise<void> => {
  const { holds, observed } = await asked();
  expect({ holds, observed }).toEqual({ holds: false, observed: expect.stringMatching(words) as unknown });
};
const setTopicPolicy = (policy: object | '') =>
  world.call('sns', 'SetTopicAttributes', {
    TopicArn: world.targets.site.alertTopicArn,
    AttributeName: 'Policy',
    AttributeValue: policy === '' ? '' : JSON.stringify(policy),
  });
const setQueuePolicy = (Policy: string) =>
  world.call('sqs', 'SetQueueAttributes', { QueueUrl: world.targets.site.alertQueueUrl, Attributes: { Policy } });
const subscriptions = async () =>
  (await world.call<{ Subscriptions: { SubscriptionArn: string }[] }>('sns', 'ListSubscriptions')).Subscriptions;
const alarmState = async () =>
  (await world.call<{ MetricAlarms: { StateValue: string }[] }>('cloudwatch', 'DescribeAlarms')).MetricAlarms[0]?.StateValue;

describe('alerting.reaches-queue', () => {
  it('holds when the alarm fires on a published value and its notification is in the queue', async () => {
    await alertingStands(world);
    const startedAt = instant(world.now());
    const { holds, observed, data } = await asked();
    expect({ holds, observed }).toEqual({
      holds: true,
      observed: expect.stringMatching(/^ALARM at .*, in the queue as message /) as unknown,
    });
    expect((data as { firedAt: string }).firedAt >= startedAt).toBe(true);
  });

  it('asks only what its IAM actions allow, and takes nothing out of the queue', async () => {
    await alertingStands(world);
    await setQueuePolicy('');
    await asked();
    const prefixes: Record<string, string> = { cloudwatch: 'cloudwatch', sns: 'sns', sqs: 'sqs' };
    const actions = new Set(world.asked.map(({ service, operation }) => `${prefixes[service]}:${operation}`));
    expect([...actions].sort()).toEqual([...alertingReachesQueue.iam].sort());
    expect(world.asked.filter(({ operation }) => /Delete|Purge/.test(operation))).toEqual([]);
  });

  it('holds again a moment later, though the alarm has to become quiet first', async () => {
    await alertingStands(world);
    await asked();
    expect(await alarmState()).toBe('ALARM');
    const again = world.now();
    expect(await asked()).toMatchObject({ holds: true });
    expect(world.now() - again).toBeLessThan(600_000);
  });

  it('may be asked again by a run that was killed after it was asked: what has fired since then counts', async () => {
    await alertingStands(world);
    const startedAt = instant(world.now());
    await alertingReachesQueue.provoke!({}, world.context({ startedAt }));
    await world.pass(120);
    await alertingReachesQueue.provoke!({}, world.context({ startedAt }));
    const answers = [];
    for (let looks = 0; looks < 2; looks++) {
      answers.push((await alertingReachesQueue.ask({}, world.context({ startedAt }))).holds);
      await world.pass(10);
    }
    expect(answers).toEqual([true, true]);
  });

  it('is not satisfied with what an earlier alarm has left in the queue', async () => {
    await alertingStands(world);
    await asked();
    await world.call('cloudwatch', 'DisableAlarmActions', { AlarmNames: [world.targets.site.alarm] });
    await isBroken(/actions of the alarm are disabled: aws cloudwatch enable-alarm-actions --alarm-names example-frankfurt-recovery-probe/);
  });

  it('finds its notification behind those of other alarms', async () => {
    await alertingStands(world);
    const message = {
      AlarmArn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:other',
      NewStateValue: 'ALARM',
      StateChangeTime: instant(world.now()),
    };
    for (const Message of ['not JSON', JSON.stringify(message), ...Array.from({ length: 30 }, (_, at) => `noise ${at}`)])
      await world.call('sns', 'Publish', { TopicArn: world.targets.site.alertTopicArn, Message });
    expect(await asked()).toMatchObject({ holds: true });
  });
});

describe('a broken chain is named at its first broken link, with what to do', () => {
  it('no alarm', async () => {
    await alertingStands(world);
    await world.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [world.targets.site.alarm] });
    await isBroken(/there is no alarm example-frankfurt-recovery-probe: deploy the site's stacks again/);
  });

  it('an alarm that acts on nothing, or on something else', async () => {
    await alertingStands(world, { AlarmActions: [] });
    await isBroken(/acts on nothing when it fires: give it the action arn:aws:sns:.*:example-frankfurt-alerts$/);
    await alarmStands(world, { AlarmActions: ['arn:aws:sns:eu-central-1:111122223333:other'] });
    await isBroken(/acts on arn:aws:sns:.*:other when it fires/);
  });

  it('an alarm that watches something else', async () => {
    await alertingStands(world, { MetricName: 'SomethingElse' });
    await isBroken(/the alarm is OK since .*: it has not fired on the value published for Altsite\/RecoveryProbe/);
  });

  it('a topic whose policy does not let CloudWatch in, in the words of the alarm’s history', async () => {
    await alertingStands(world);
    await setTopicPolicy({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' }],
    });
    await isBroken(
      /its action failed \(history: .*not authorized to perform: SNS:Publish.*\): the policy of .*has to let cloudwatch.amazonaws.com publish/,
    );
    await setTopicPolicy('');
    expect(await asked()).toMatchObject({ holds: true });
  });

  it('a topic that the queue is not subscribed to', async () => {
    await alertingStands(world);
    const [{ SubscriptionArn } = { SubscriptionArn: '' }] = await subscriptions();
    await world.call('sns', 'Unsubscribe', { SubscriptionArn });
    await isBroken(/the queue is not subscribed: aws sns subscribe --topic-arn .* --protocol sqs --notification-endpoint arn:aws:sqs/);
  });

  it('a queue whose policy does not name the topic, or names it and denies it', async () => {
    await alertingStands(world);
    await setQueuePolicy('');
    await isBroken(/the policy of the queue .* does not name it: let sns.amazonaws.com send messages for arn:aws:sns/);
    const { Statement } = JSON.parse(queuePolicy(world)) as { Statement: object[] };
    const denial = { Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
    await setQueuePolicy(JSON.stringify({ Statement: [...Statement, denial] }));
    await isBroken(/names it in its policy, but nothing arrived: read that policy for conditions and denials/);
  });

  it('is unknown, not broken, where the links may not be looked at', async () => {
    await alertingStands(world);
    const { alertQueueUrl } = world.targets.site;
    await world.call('sqs', 'DeleteQueue', { QueueUrl: alertQueueUrl });
    expect(await asked()).toMatchObject({
      holds: 'unknown',
      observed: expect.stringContaining('The specified queue does not exist') as unknown,
    });
  });

  it('an alarm that never becomes quiet: it is waited for, and never asked', async () => {
    await alertingStands(world, { TreatMissingData: 'breaching' });
    await expect(carryOut(step, undefined, world)).rejects.toMatchObject({ kind: 'timed-out' });
    expect(world.asked.filter(({ operation }) => operation === 'PutMetricData')).toEqual([]);
  });
});
