import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { iam } from '../../../twin/services/iam/index.js';
import { rds } from '../../../twin/services/rds/index.js';
import { route53 } from '../../../twin/services/route-53/index.js';
import { s3 } from '../../../twin/services/s3/index.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';
const unavailable = { code: 'ServiceUnavailable', options: { status: 503 } };

test('without us-east-1 IAM and Route 53 cannot be asked or changed from anywhere; regional services elsewhere go on', async () => {
  const { world, call, pass } = serviceWorld([iam, route53, rds]);
  await injectFault(world, 'control-plane-outage', { region: 'us-east-1', forSeconds: 600 });
  await expect(call('iam', 'ListRoles')).rejects.toMatchObject(unavailable);
  await expect(call('route-53', 'CreateHostedZone', { Name: 'example.com', CallerReference: '1' })).rejects.toMatchObject(unavailable);
  await expect(call('rds', 'DescribeDBInstances', {}, 'us-east-1')).rejects.toMatchObject(unavailable);
  await expect(call('rds', 'DescribeDBInstances')).resolves.toMatchObject({ DBInstances: [] });
  await pass(600);
  await expect(call('iam', 'ListRoles')).resolves.toMatchObject({ Roles: [] });
});

test('data planes of the region go on', async () => {
  const { world, call } = serviceWorld([s3]);
  await call('s3', 'CreateBucket', { Bucket: 'data', CreateBucketConfiguration: { LocationConstraint: region } });
  await injectFault(world, 'control-plane-outage', { region });
  await call('s3', 'PutObject', { Bucket: 'data', Key: 'k', Body: Buffer.from('v') });
  await expect(call('s3', 'CreateBucket', { Bucket: 'more' })).rejects.toMatchObject(unavailable);
});

test('one service alone may be out', async () => {
  const { world, call } = serviceWorld([iam, route53]);
  await injectFault(world, 'control-plane-outage', { region: 'us-east-1', with: { service: 'route-53' } });
  await expect(call('route-53', 'ListHostedZones')).rejects.toMatchObject(unavailable);
  await expect(call('iam', 'ListRoles')).resolves.toMatchObject({ Roles: [] });
});

test('what AWS asks of itself it asks again: a backup that was running is completed when the control plane is back', async () => {
  const world = await backupWorld();
  const id = await world.startBackup();
  await world.pass(90);
  expect((await world.backupJob(id)).State).toBe('RUNNING');
  await injectFault(world.world, 'control-plane-outage', { region, forSeconds: 3600, with: { service: 'rds' } });
  await world.pass(3599);
  expect((await world.backupJob(id)).State).toBe('RUNNING');
  await world.pass(61);
  expect((await world.backupJob(id)).State).toBe('COMPLETED');
});
