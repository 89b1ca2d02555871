import { expect, test } from '@jest/globals';
import { CfnCondition, Fn } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SiteObservability } from '../../../lib/constructs/site-observability.js';
import { bench, resourcesOf, type TemplateJson } from '../production-templates.js';

const made = (): TemplateJson => {
  const { stack, template } = bench();
  new SiteObservability(stack, 'Observability', {
    name: 'north-web',
    metricNamespace: 'Altsite',
    active: new CfnCondition(stack, 'Active', { expression: Fn.conditionEquals('a', 'a') }),
    topic: new Topic(stack, 'Topic'),
    runbook: 'https://runbooks.example.com/alarms',
    loadBalancer: 'app/north/1',
    targetGroup: 'targetgroup/north/2',
    logGroup: new LogGroup(stack, 'Log'),
    errorPattern: '{ $.level = "error" }',
    databaseIdentifier: 'north-db-1',
  });
  return template().toJSON() as TemplateJson;
};
const alarms = (template: TemplateJson) =>
  Object.fromEntries(
    [...resourcesOf(template, 'AWS::CloudWatch::Alarm'), ...resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm')].map(
      ([, { Properties }]) => [(Properties?.['AlarmName'] ?? '') as string, Properties ?? {}],
    ),
  );

test('a site is watched for healthy targets, server errors, failures logged, its database, and for whether it serves', () => {
  expect(Object.keys(alarms(made())).sort()).toEqual([
    'north-web-application-fails',
    'north-web-database-busy',
    'north-web-database-storage',
    'north-web-errors-logged',
    'north-web-load-balancer-fails',
    'north-web-no-healthy-target',
    'north-web-site-health',
  ]);
});

test('every alarm links to what to do about it', () => {
  for (const alarm of Object.values(alarms(made())))
    expect(alarm['AlarmDescription']).toMatch(/What to do: https:\/\/runbooks\.example\.com\/alarms$/);
});

test('one failure is one message: what the composite covers notifies nobody by itself, everything else does, and only while the site serves', () => {
  const all = alarms(made());
  const notifying = Object.entries(all).filter(([, alarm]) => alarm['AlarmActions']);
  expect(notifying.map(([name]) => name).sort()).toEqual([
    'north-web-database-busy',
    'north-web-database-storage',
    'north-web-errors-logged',
    'north-web-site-health',
  ]);
  for (const [, alarm] of notifying) expect(alarm['ActionsEnabled']).toEqual({ 'Fn::If': ['Active', true, false] });
  const rule = JSON.stringify(all['north-web-site-health']!['AlarmRule']);
  expect(rule.match(/ALARM\(/g)).toHaveLength(3);
});

test('no data on healthy targets is an alarm, no data on server errors is not', () => {
  const all = alarms(made());
  expect(all['north-web-no-healthy-target']).toMatchObject({ TreatMissingData: 'breaching', Threshold: 1 });
  expect(all['north-web-application-fails']).toMatchObject({ TreatMissingData: 'notBreaching' });
});

test('a dashboard shows every alarm', () => {
  const template = made();
  const [[, dashboard] = ['', undefined]] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard?.Properties?.['DashboardBody']);
  for (const [id] of [...resourcesOf(template, 'AWS::CloudWatch::Alarm'), ...resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm')])
    expect(body).toContain(id);
});
