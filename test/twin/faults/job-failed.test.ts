import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { backupWorld } from '../../helpers/backup-world.js';

const hour = 3600;
const failing = async (region: string, given: Record<string, unknown>, forSeconds?: number) => {
  const world = await backupWorld();
  const point = given.job !== 'backup' ? await world.copy() : undefined;
  await injectFault(world.world, 'job-failed', { region, forSeconds, with: given });
  return { ...world, point };
};

test('a restore job is accepted and ends FAILED with a reason, and nothing was restored', async () => {
  const world = await failing('eu-central-1', { job: 'restore', message: 'Insufficient permissions' }, hour);
  const { RestoreJobId } = await world.restore(world.point!, {});
  await world.pass(hour);
  expect(await world.restoreJob(RestoreJobId)).toMatchObject({ Status: 'FAILED', StatusMessage: 'Insufficient permissions' });
  await expect(world.status('restored', 'eu-central-1')).rejects.toMatchObject({ code: 'DBInstanceNotFoundFault' });
  const again = await world.restore(world.point!, {});
  await world.pass(hour);
  expect((await world.restoreJob(again.RestoreJobId)).Status).toBe('COMPLETED');
});

test('a restore job may be ABORTED', async () => {
  const world = await failing('eu-central-1', { job: 'restore', state: 'ABORTED' });
  const { RestoreJobId } = await world.restore(world.point!, {});
  await world.pass(hour);
  expect(await world.restoreJob(RestoreJobId)).toMatchObject({
    Status: 'ABORTED',
    StatusMessage: expect.stringMatching(/^The restore job failed/),
  });
});

test('a backup job may be PARTIAL; copies and other regions are not touched', async () => {
  const world = await failing('eu-west-1', { job: 'backup', state: 'PARTIAL' });
  const id = await world.startBackup();
  await world.pass(hour);
  expect((await world.backupJob(id)).State).toBe('PARTIAL');
  expect(await world.points('eu-west-1')).toEqual([]);
});

test('a copy job fails where it was to arrive, and the next is not held up by it', async () => {
  const world = await failing('eu-central-1', { job: 'copy' }, hour);
  const source = (await world.points('eu-west-1'))[0]!.RecoveryPointArn!;
  const id = await world.startCopy(source);
  await world.pass(hour);
  expect(await world.copyJob(id)).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(/^The copy job failed/) });
  const next = await world.startCopy(source);
  await world.pass(hour);
  expect((await world.copyJob(next)).State).toBe('COMPLETED');
});

test('a snapshot that somebody takes without AWS Backup is no job', async () => {
  const world = await failing('eu-west-1', { job: 'backup' });
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'own' });
  await world.pass(hour);
  expect((await world.snapshot('own', 'eu-west-1')).Status).toBe('available');
});
