import { expect, it } from '@jest/globals';
import { summaryText } from '../../../twin/cli/summary-text.js';
import { worldSummary } from '../../../twin/doors/world-summary.js';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { services } from '../../../twin/services/index.js';
import { Timekeeper } from '../../../twin/world/timekeeper.js';
import { expectGolden } from '../../helpers/golden.js';
import { serviceWorld } from '../../helpers/service-world.js';

const smallWorld = () => {
  const small = serviceWorld(services);
  const timekeeper = new Timekeeper(small.world, 0);
  const summary = () => worldSummary({ world: small.world, timekeeper, ledger: small.ledger, services, seed: 7 });
  return { ...small, timekeeper, summary };
};

it('a running twin at a glance is what was last reviewed', async () => {
  const { call, pass, world, timekeeper, summary } = smallWorld();
  await call('sqs', 'CreateQueue', { QueueName: 'orders' });
  await call('sqs', 'SendMessage', { QueueUrl: 'http://127.0.0.1:0/eu-west-1/111122223333/orders', MessageBody: 'one' });
  await call('backup', 'CreateBackupVault', { BackupVaultName: 'kept' }, 'eu-central-1');
  await call(
    's3',
    'CreateBucket',
    { Bucket: 'written-down', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } },
    'eu-central-1',
  );
  await call('route-53', 'CreateHostedZone', { Name: 'example.com', CallerReference: 'once' });
  const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
  await call('cloudformation', 'CreateStack', { StackName: 'alerts', TemplateBody: JSON.stringify({ Resources }) }, 'eu-central-1');
  await pass(600);
  await injectFault(world, 'region-outage', { region: 'eu-west-1' });
  await injectFault(world, 'throttling', { region: 'eu-central-1', forSeconds: 1800, with: { service: 'rds' } });
  await timekeeper.take('altsite run');
  expectGolden('cli/twin-summary.txt', summaryText(summary()));
});

it('a twin with nothing in it says what to do', () => {
  expect(summaryText(smallWorld().summary())).toContain('nothing is in it yet');
});

it('accounts are told apart, and what was deleted is not shown', async () => {
  const { call, ctx, summary } = smallWorld();
  await call('sqs', 'CreateQueue', { QueueName: 'ours' });
  await ctx().at({ account: '444455556666' }).call('sqs', 'CreateQueue', { QueueName: 'theirs' });
  expect(summaryText(summary())).toMatch(/^eu-west-1 of 111122223333\n.*ours.*\n\neu-west-1 of 444455556666\n.*theirs/m);
  await call('sqs', 'DeleteQueue', { QueueUrl: 'http://127.0.0.1:0/eu-west-1/111122223333/ours' });
  expect(summary().places.map(({ account }) => account)).toEqual(['444455556666']);
});

it('looking changes nothing', async () => {
  const { call, summary, ledger } = smallWorld();
  await call('sqs', 'CreateQueue', { QueueName: 'orders' });
  const before = [summary(), ledger.total];
  expect([summary(), ledger.total]).toEqual(before);
});
