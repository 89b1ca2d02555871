import { expect, test } from '@jest/globals';
import type { DBInstanceAutomatedBackup } from '@aws-sdk/client-rds';
import { databaseWorld, type DatabaseWorld } from '../../helpers/database-world.js';

const minutes = 60;
const hours = 3600;
const arn = 'arn:aws:rds:eu-west-1:111122223333:db:orders';

const start = (world: DatabaseWorld, more: object = {}, region = 'eu-central-1') =>
  world.call<{ DBInstanceAutomatedBackup: DBInstanceAutomatedBackup }>(
    'rds',
    'StartDBInstanceAutomatedBackupsReplication',
    { SourceDBInstanceArn: arn, ...more },
    region,
  );
const stop = (world: DatabaseWorld) =>
  world.call('rds', 'StopDBInstanceAutomatedBackupsReplication', { SourceDBInstanceArn: arn }, 'eu-central-1');
const replicated = async (world: DatabaseWorld): Promise<DBInstanceAutomatedBackup> =>
  (
    await world.call<{ DBInstanceAutomatedBackups: DBInstanceAutomatedBackup[] }>(
      'rds',
      'DescribeDBInstanceAutomatedBackups',
      {},
      'eu-central-1',
    )
  ).DBInstanceAutomatedBackups[0]!;
const replicating = async () => {
  const world = await databaseWorld();
  await world.database('orders', { BackupRetentionPeriod: 7 });
  const { DBInstanceAutomatedBackup: begun } = await start(world, { BackupRetentionPeriod: 14 });
  expect(begun).toMatchObject({ Status: 'pending', Region: 'eu-west-1', DBInstanceArn: arn, BackupRetentionPeriod: 14 });
  await world.pass(hours);
  return world;
};
const restore = (world: DatabaseWorld, more: object) =>
  world.call(
    'rds',
    'RestoreDBInstanceToPointInTime',
    { TargetDBInstanceIdentifier: 'again', DBSubnetGroupName: 'private', ...more },
    'eu-central-1',
  );

test('replicated backups follow their source in steps of five minutes', async () => {
  const world = await replicating();
  const { Status, RestoreWindow: window, DBInstanceAutomatedBackupsArn: own } = await replicated(world);
  expect(Status).toBe('replicating');
  const lag = world.world.now() - window!.LatestTime!.getTime();
  expect(lag).toBeGreaterThanOrEqual(0);
  expect(lag).toBeLessThan(300_000);
  expect((await world.instance('orders')).DBInstanceAutomatedBackupsReplications).toEqual([{ DBInstanceAutomatedBackupsArn: own }]);
  await expect(start(world)).rejects.toMatchObject({ code: 'InvalidDBInstanceAutomatedBackupStateFault' });
});

test('when the source region is lost, what had been replicated can be restored, and nothing later', async () => {
  const world = await replicating();
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'replicated' });
  await world.pass(10 * minutes);
  // Just after a mark: what changes now is not shipped before the next.
  await world.world.sleepUntil(Math.ceil(world.world.now() / 300_000) * 300_000 + 1000);
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'not-replicated' });
  await world.pass(4 * minutes);
  expect(world.password('eu-west-1', (await world.instance('orders')).DbiResourceId!)).toBe('not-replicated');
  await world.world.loseRegion('eu-west-1');
  await world.pass(hours);
  const { RestoreWindow: window, DBInstanceAutomatedBackupsArn: own } = await replicated(world);
  const source = { SourceDBInstanceAutomatedBackupsArn: own };
  await expect(restore(world, { ...source, RestoreTime: new Date(window!.LatestTime!.getTime() + 1000) })).rejects.toMatchObject({
    code: 'InvalidParameterValue',
  });
  await restore(world, { ...source, UseLatestRestorableTime: true });
  await world.pass(25 * minutes);
  const again = await world.instance('again', 'eu-central-1');
  expect(again.DBInstanceStatus).toBe('available');
  expect(world.password('eu-central-1', again.DbiResourceId!)).toBe('replicated');
});

test('a source without backups, in this region, or in a lost one has nothing to replicate; an encrypted one needs a key of this region', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await expect(start(world)).rejects.toMatchObject({ code: 'InvalidDBInstanceStateFault' });
  await expect(start(world, {}, 'eu-west-1')).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  const { KmsKeyId } = await world.database('sealed', { BackupRetentionPeriod: 1, StorageEncrypted: true });
  const sealed = { SourceDBInstanceArn: arn.replace('orders', 'sealed') };
  await expect(start(world, sealed)).rejects.toMatchObject({ code: 'InvalidParameterValue', message: expect.stringContaining('KmsKeyId') });
  await expect(start(world, { ...sealed, KmsKeyId })).rejects.toMatchObject({ code: 'KMSKeyNotAccessibleFault' });
  const { DBInstanceAutomatedBackup: begun } = await start(world, { ...sealed, KmsKeyId: 'alias/aws/rds' });
  expect(begun.KmsKeyId).toMatch(/^arn:aws:kms:eu-central-1:/);
  await world.world.loseRegion('eu-west-1');
  await expect(start(world)).rejects.toMatchObject({ code: 'ServiceUnavailable' });
});

test('replication that is stopped leaves what it brought, until that is deleted', async () => {
  const world = await replicating();
  await stop(world);
  const { Status, DBInstanceAutomatedBackupsArn: own, RestoreWindow: window } = await replicated(world);
  expect(Status).toBe('retained');
  expect((await world.instance('orders')).DBInstanceAutomatedBackupsReplications).toEqual([]);
  await expect(stop(world)).rejects.toMatchObject({ code: 'DBInstanceNotFoundFault' });
  await world.pass(hours);
  expect((await replicated(world)).RestoreWindow).toEqual(window);
  await world.call('rds', 'DeleteDBInstanceAutomatedBackup', { DBInstanceAutomatedBackupsArn: own }, 'eu-central-1');
  expect(await replicated(world)).toBeUndefined();
  expect([...world.dataplane.snapshotNames.keys()].filter((name) => name.includes('eu-central-1'))).toEqual([]);
  await expect(restore(world, { SourceDBInstanceAutomatedBackupsArn: own, UseLatestRestorableTime: true })).rejects.toMatchObject({
    code: 'DBInstanceAutomatedBackupNotFoundFault',
  });
});
