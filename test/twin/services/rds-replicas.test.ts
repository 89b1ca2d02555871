import { expect, test } from '@jest/globals';
import type { DBInstance } from '@aws-sdk/client-rds';
import { databaseWorld, statuses, type DatabaseWorld } from '../../helpers/database-world.js';

const minutes = 60;
const arn = 'arn:aws:rds:eu-west-1:111122223333:db:orders';

const replicate = (world: DatabaseWorld, more: object = {}, region?: string) =>
  world.call<{ DBInstance: DBInstance }>(
    'rds',
    'CreateDBInstanceReadReplica',
    {
      DBInstanceIdentifier: 'reader',
      SourceDBInstanceIdentifier: region ? arn : 'orders',
      ...(region ? { DBSubnetGroupName: 'private' } : {}),
      ...more,
    },
    region,
  );
const withSource = async (more: object = {}) => {
  const world = await databaseWorld();
  await world.database('orders', { BackupRetentionPeriod: 7, ...more });
  return world;
};
const promote = (world: DatabaseWorld, more: object = {}, region?: string) =>
  world.call('rds', 'PromoteReadReplica', { DBInstanceIdentifier: 'reader', ...more }, region);
const passwordOf = async (world: DatabaseWorld, id: string, region: string) =>
  world.password(region, (await world.instance(id, region)).DbiResourceId!);

test('a replica follows its source, each names the other, and it has no backups', async () => {
  const world = await withSource();
  await replicate(world);
  expect(await statuses(world, 'reader', 25 * minutes)).toEqual(['creating', 'available']);
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  await world.pass(5 * minutes);
  expect(await passwordOf(world, 'reader', 'eu-west-1')).toBe('second-password');
  expect(await world.instance('reader')).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: 'orders',
    BackupRetentionPeriod: 0,
    StatusInfos: [{ StatusType: 'read replication', Normal: true, Status: 'replicating' }],
    DBSubnetGroup: { DBSubnetGroupName: 'private' },
  });
  expect(await world.instance('orders')).toMatchObject({ ReadReplicaDBInstanceIdentifiers: ['reader'] });
});

test('a replica in another region is promoted after its source region is lost, with what it had', async () => {
  const world = await withSource();
  await replicate(world, {}, 'eu-central-1');
  await world.pass(25 * minutes);
  expect((await world.instance('orders')).ReadReplicaDBInstanceIdentifiers).toEqual(['arn:aws:rds:eu-central-1:111122223333:db:reader']);
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  await world.pass(5 * minutes);
  await world.world.loseRegion('eu-west-1');
  expect(await world.instance('reader', 'eu-central-1')).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: arn,
    StatusInfos: [{ Normal: false, Status: 'error' }],
  });
  await promote(world, { BackupRetentionPeriod: 7 }, 'eu-central-1');
  expect(await statuses(world, 'reader', 25 * minutes, 'eu-central-1')).toEqual([
    'available',
    'modifying',
    'rebooting',
    'backing-up',
    'available',
  ]);
  const promoted = await world.instance('reader', 'eu-central-1');
  expect(promoted).toMatchObject({ BackupRetentionPeriod: 7, LatestRestorableTime: expect.any(Date) });
  expect([promoted.StatusInfos, promoted.ReadReplicaSourceDBInstanceIdentifier]).toEqual([undefined, undefined]);
  expect(await passwordOf(world, 'reader', 'eu-central-1')).toBe('second-password');
});

test('a promoted replica goes its own way', async () => {
  const world = await withSource();
  await replicate(world);
  await world.pass(25 * minutes);
  await promote(world, { BackupRetentionPeriod: 0 });
  await world.pass(10 * minutes);
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  await world.pass(5 * minutes);
  expect(await passwordOf(world, 'reader', 'eu-west-1')).toBe('first-password');
  expect((await world.instance('orders')).ReadReplicaDBInstanceIdentifiers).toEqual([]);
  await expect(promote(world)).rejects.toMatchObject({
    code: 'InvalidDBInstanceStateFault',
    message: 'DB Instance is not a read replica.',
  });
});

test('a source must be there, be available, and keep backups', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await expect(replicate(world)).rejects.toMatchObject({
    code: 'InvalidDBInstanceStateFault',
    message: expect.stringContaining('Automated backups are not enabled'),
  });
  await expect(replicate(world, { SourceDBInstanceIdentifier: 'nothing' })).rejects.toMatchObject({ code: 'DBInstanceNotFoundFault' });
  await expect(replicate(world, { DBInstanceIdentifier: 'orders' })).rejects.toMatchObject({ code: 'DBInstanceAlreadyExistsFault' });
  await world.call('rds', 'CreateDBInstance', world.order('busy', { BackupRetentionPeriod: 7 }));
  await expect(replicate(world, { SourceDBInstanceIdentifier: 'busy' })).rejects.toMatchObject({ code: 'InvalidDBInstanceStateFault' });
  await world.world.loseRegion('eu-west-1');
  await expect(replicate(world, {}, 'eu-central-1')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
});

test("an encrypted source's replica has its key in its region, and a key named there in another", async () => {
  const world = await withSource({ StorageEncrypted: true });
  const { KmsKeyId } = await world.instance('orders');
  await expect(replicate(world, {}, 'eu-central-1')).rejects.toMatchObject({ message: expect.stringContaining('KmsKeyId') });
  await expect(replicate(world, { KmsKeyId }, 'eu-central-1')).rejects.toMatchObject({ code: 'KMSKeyNotAccessibleFault' });
  const there = await replicate(world, { KmsKeyId: 'alias/aws/rds' }, 'eu-central-1');
  const here = await replicate(world);
  expect(there.DBInstance.KmsKeyId).toMatch(/^arn:aws:kms:eu-central-1:/);
  expect(here.DBInstance.KmsKeyId).toBe(KmsKeyId);
});

test('a replica has no password, backups or final snapshot of its own', async () => {
  const world = await withSource();
  await replicate(world);
  await world.pass(25 * minutes);
  const modify = (more: object) => world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'reader', ...more });
  await expect(modify({ MasterUserPassword: 'own-password' })).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
  await expect(modify({ BackupRetentionPeriod: 1 })).rejects.toMatchObject({ code: 'NotModelled' });
  await expect(
    world.call('rds', 'DeleteDBInstance', { DBInstanceIdentifier: 'reader', FinalDBSnapshotIdentifier: 'last' }),
  ).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
});

test('when a source is deleted, its replicas in its region are promoted and those elsewhere replicate nothing', async () => {
  const world = await withSource();
  await replicate(world);
  await replicate(world, { DBInstanceIdentifier: 'far' }, 'eu-central-1');
  await world.pass(25 * minutes);
  await world.call('rds', 'DeleteDBInstance', { DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true });
  await world.pass(10 * minutes);
  expect((await world.instance('reader')).ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
  expect(await world.instance('far', 'eu-central-1')).toMatchObject({ StatusInfos: [{ Normal: false, Status: 'terminated' }] });
});
