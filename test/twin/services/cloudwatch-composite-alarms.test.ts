import { describe, expect, it } from '@jest/globals';
import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { alarmsIn, parseAlarmRule, ruleHolds } from '../../../twin/services/cloudwatch/alarm-rule.js';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { sns } from '../../../twin/services/sns/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

describe('an alarm rule', () => {
  const states = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA', 'with space': 'ALARM' } as Record<string, CloudWatch.StateValue>;
  it.each([
    ['ALARM(a)', true],
    ['ALARM("a")', true],
    ["ALARM('with space')", true],
    ['OK(a)', false],
    ['INSUFFICIENT_DATA( c )', true],
    ['TRUE', true],
    ['NOT FALSE', true],
    ['NOT ALARM(a)', false],
    ['NOT NOT ALARM(a)', true],
    ['ALARM(a) AND ALARM(b)', false],
    ['ALARM(a) OR ALARM(b)', true],
    ['ALARM(a) OR ALARM(b) AND FALSE', true],
    ['(ALARM(a) OR ALARM(b)) AND FALSE', false],
    ['NOT ALARM(b) AND NOT (OK(a) OR FALSE)', true],
    ['NOT(ALARM(b)) AND(TRUE)', true],
    ['ALARM(nobody)', false],
  ])('%s is %s', (text, expected) => {
    expect(ruleHolds(parseAlarmRule(text), (alarm) => states[alarm])).toBe(expected);
  });

  it.each([
    'ALARM(a',
    'ALARM()',
    'ALARM(a) ALARM(b)',
    'AND ALARM(a)',
    'ALARM(a) OR',
    '(ALARM(a)',
    'ALARM(a))',
    'BROKEN(a)',
    'ALARM(a) XOR TRUE',
  ])('%s is no rule', (text) => {
    expect(() => parseAlarmRule(text)).toThrow('Error in AlarmRule');
  });

  it('names each of its alarms once', () => {
    expect(alarmsIn(parseAlarmRule('ALARM(a) AND (OK(b) OR NOT ALARM(a)) AND TRUE'))).toEqual(['a', 'b']);
  });
});

const metric = {
  Namespace: 'Altsite',
  MetricName: 'Probe',
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'ignore',
};
const begin = async () => {
  const world = serviceWorld([cloudWatch, sns]);
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudwatch', operation, input);
  for (const AlarmName of ['web', 'database']) await call('PutMetricAlarm', { ...metric, AlarmName });
  const put = (more: object = {}) =>
    call('PutCompositeAlarm', { AlarmName: 'site', AlarmRule: 'ALARM(web) AND NOT OK("database")', ...more });
  const set = (AlarmName: string, StateValue: string) => call('SetAlarmState', { AlarmName, StateValue, StateReason: 'by hand' });
  const composite = async () => {
    const found = await call<{ CompositeAlarms: CloudWatch.CompositeAlarm[] }>('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] });
    return found.CompositeAlarms[0];
  };
  return { ...world, call, put, set, composite };
};

describe('a composite alarm', () => {
  it('is at once in the state that its rule gives it, and follows its children', async () => {
    const { put, set, composite } = await begin();
    await put();
    expect(await composite()).toMatchObject({ AlarmName: 'site', StateValue: 'OK', ActionsEnabled: true });
    await set('web', 'ALARM');
    const fired = await composite();
    expect(fired).toMatchObject({
      StateValue: 'ALARM',
      StateReason: expect.stringMatching(/:alarm:site transitioned to ALARM at Tue, 01 Jan 2030/) as unknown,
    });
    expect(JSON.parse(fired?.StateReasonData ?? '')).toMatchObject({ triggeringAlarms: [{ state: { value: 'ALARM' } }] });
    await set('database', 'OK');
    expect((await composite())?.StateValue).toBe('OK');
  });

  it('follows composite alarms, named by ARN too', async () => {
    const { put, call, set } = await begin();
    await put();
    await call('PutCompositeAlarm', { AlarmName: 'all', AlarmRule: 'ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:site)' });
    await set('web', 'ALARM');
    const { CompositeAlarms } = await call<{ CompositeAlarms: CloudWatch.CompositeAlarm[] }>('DescribeAlarms', {
      AlarmTypes: ['CompositeAlarm', 'MetricAlarm'],
    });
    expect(CompositeAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
      ['all', 'ALARM'],
      ['site', 'ALARM'],
    ]);
  });

  it('acts on topics as metric alarms do, and tells which children made it fire', async () => {
    const { put, set, call, ctx } = await begin();
    const topic = 'arn:aws:sns:eu-west-1:111122223333:alerts';
    await ctx().call('sns', 'CreateTopic', { Name: 'alerts' });
    await put({ AlarmActions: [topic] });
    await set('web', 'ALARM');
    const asked = { AlarmName: 'site', AlarmTypes: ['CompositeAlarm'], HistoryItemType: 'Action' };
    const { AlarmHistoryItems: items } = await call<{ AlarmHistoryItems: CloudWatch.AlarmHistoryItem[] }>('DescribeAlarmHistory', asked);
    expect(items).toMatchObject([{ AlarmType: 'CompositeAlarm', HistorySummary: `Successfully executed action ${topic}` }]);
    expect((JSON.parse(items[0]?.HistoryData ?? '') as { publishedMessage: object }).publishedMessage).toMatchObject({
      AlarmRule: 'ALARM(web) AND NOT OK("database")',
      NewStateValue: 'ALARM',
      TriggeringChildren: [{ Arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:web', State: { Value: 'ALARM' } }],
    });
    expect(await call('DescribeAlarmHistory', { AlarmName: 'site' })).toMatchObject({ AlarmHistoryItems: [] });
  });

  it('is not among the alarms of who does not ask for its kind', async () => {
    const { put, call } = await begin();
    await put();
    expect(await call('DescribeAlarms')).toMatchObject({
      MetricAlarms: [{ AlarmName: 'database' }, { AlarmName: 'web' }],
      CompositeAlarms: [],
    });
  });

  it('keeps the alarms of its rule from being deleted, and is deleted by itself', async () => {
    const { put, call } = await begin();
    await put();
    const remove = (...AlarmNames: string[]) => call('DeleteAlarms', { AlarmNames });
    await expect(remove('web')).rejects.toThrow('Cannot delete web as there are composite alarm(s) depending on it.');
    await expect(remove('web', 'database')).rejects.toThrow(
      'Cannot delete web,database as there are composite alarm(s) depending on them.',
    );
    await expect(remove('site', 'web')).rejects.toMatchObject({ code: 'ValidationError' });
    await remove('site');
    await expect(remove('web', 'database')).resolves.toEqual({});
  });

  it('changed, keeps its state until the new rule says otherwise', async () => {
    const { put, set, composite } = await begin();
    await put();
    await set('web', 'ALARM');
    await put({ AlarmRule: 'ALARM(web)', AlarmDescription: 'simpler' });
    expect(await composite()).toMatchObject({ StateValue: 'ALARM', AlarmRule: 'ALARM(web)', AlarmDescription: 'simpler' });
    await put({ AlarmRule: 'FALSE' });
    expect((await composite())?.StateValue).toBe('OK');
  });

  it.each<[string, object, string]>([
    ['an alarm that is not there', { AlarmRule: 'ALARM(nobody)' }, 'ValidationError'],
    ['a rule that is none', { AlarmRule: 'ALARM(web' }, 'ValidationError'],
    ['a blank before its rule', { AlarmRule: ' ALARM(web)' }, 'ValidationError'],
    ['the name of a metric alarm', { AlarmName: 'web' }, 'ValidationError'],
    ['a suppressor', { ActionsSuppressor: 'web', ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 }, 'NotModelled'],
  ])('is refused with %s', async (_what, more, code) => {
    await expect((await begin()).put(more)).rejects.toMatchObject({ code });
  });

  it('cannot hang on itself', async () => {
    const { put, call } = await begin();
    await put();
    await call('PutCompositeAlarm', { AlarmName: 'all', AlarmRule: 'ALARM(site)' });
    await expect(put({ AlarmRule: 'ALARM(all)' })).rejects.toMatchObject({ code: 'NotModelled' });
    await expect(put({ AlarmRule: 'OK(site)' })).rejects.toMatchObject({ code: 'NotModelled' });
  });

  it('is made, changed and deleted by CloudFormation', async () => {
    const { ctx, composite } = await begin();
    const type = resourceTypeOf(cloudWatch, 'AWS::CloudWatch::CompositeAlarm');
    const properties = { AlarmName: 'site', AlarmRule: 'ALARM(web)', ActionsEnabled: 'false' };
    expect(await type.create(properties, ctx(), resourceNames())).toEqual({
      physicalId: 'site',
      attributes: { Arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:site' },
    });
    expect(await composite()).toMatchObject({ ActionsEnabled: false });
    await type.update!('site', { AlarmName: 'site', AlarmRule: 'OK(web)' }, properties, ctx(), resourceNames());
    expect(await composite()).toMatchObject({ ActionsEnabled: true, AlarmRule: 'OK(web)' });
    await type.delete('site', {}, ctx());
    expect(await composite()).toBeUndefined();
  });
});
