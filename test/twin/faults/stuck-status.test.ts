import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { route53 } from '../../../twin/services/route-53/index.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { databaseWorld } from '../../helpers/database-world.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';
const day = 86_400;

test('an instance stays creating for good, also one that was on its way already; others do not', async () => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('orders'));
  await injectFault(world.world, 'stuck-status', { region, with: { id: 'orders' } });
  await world.call('rds', 'CreateDBInstance', world.order('orders'), 'eu-central-1');
  await world.call('rds', 'CreateDBInstance', world.order('other'));
  await world.pass(day);
  expect([await world.status('orders'), await world.status('other'), await world.status('orders', 'eu-central-1')]).toEqual([
    'creating',
    'available',
    'available',
  ]);
});

test('with a duration it goes on when that is over', async () => {
  const world = await databaseWorld();
  await injectFault(world.world, 'stuck-status', { region, forSeconds: 7200 });
  await world.call('rds', 'CreateDBInstance', world.order('orders'));
  await world.pass(7199);
  expect(await world.status('orders')).toBe('creating');
  await world.pass(1);
  expect(await world.status('orders')).toBe('available');
});

test('a restore job stays as it is while its database is there already', async () => {
  const world = await backupWorld();
  const point = await world.copy();
  const { RestoreJobId } = await world.restore(point, {});
  await world.pass(300);
  await injectFault(world.world, 'stuck-status', { region: 'eu-central-1', with: { of: 'backup.restore-job' } });
  await world.pass(day);
  expect((await world.restoreJob(RestoreJobId)).Status).toBe('RUNNING');
  expect(await world.status('restored', 'eu-central-1')).toBe('available');
});

test.each([
  ['backup.job', 'RUNNING', 'available'],
  ['rds.snapshot', 'RUNNING', 'creating'],
])('a backup job is stuck %s', async (of, state, snapshot) => {
  const world = await backupWorld();
  const id = await world.startBackup();
  await world.pass(90);
  await injectFault(world.world, 'stuck-status', { region, with: { of } });
  await world.pass(day);
  const job = await world.backupJob(id);
  expect([job.State, (await world.snapshot(job.RecoveryPointArn!, region)).Status]).toEqual([state, snapshot]);
});

test.each(['backup.copy-job', 'rds.snapshot-copy'])('a copy job never ends: %s', async (of) => {
  const world = await backupWorld();
  const point = await world.point();
  // The copy is followed where it goes to.
  await injectFault(world.world, 'stuck-status', { region: 'eu-central-1', with: { of } });
  const id = await world.startCopy(point);
  await world.pass(day);
  expect((await world.copyJob(id)).State).toBe('RUNNING');
});

test('a change of Route 53 stays PENDING', async () => {
  const { world, call, pass } = serviceWorld([route53]);
  await injectFault(world, 'stuck-status', { region: 'us-east-1', with: { of: 'route-53.change' } });
  const created = await call<{ ChangeInfo: { Id: string } }>('route-53', 'CreateHostedZone', { Name: 'example.com', CallerReference: '1' });
  await pass(day);
  const { ChangeInfo } = await call<{ ChangeInfo: { Status: string } }>('route-53', 'GetChange', { Id: created.ChangeInfo.Id });
  expect(ChangeInfo.Status).toBe('PENDING');
});
