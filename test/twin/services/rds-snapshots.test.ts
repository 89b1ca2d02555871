import { expect, test } from '@jest/globals';
import { databaseWorld, snapshotOf, statuses } from '../../helpers/database-world.js';

const minutes = 60;

test('a snapshot holds the data of the moment it was asked for', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  const asked = world.world.now();
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  expect(await world.status('orders')).toBe('backing-up');
  await world.pass(10 * minutes);
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  await world.pass(5 * minutes);
  expect((await snapshotOf(world, 'before')).SnapshotCreateTime!.getTime()).toBe(asked);
  await world.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
    DBInstanceIdentifier: 'again',
    DBSnapshotIdentifier: 'before',
    DBSubnetGroupName: 'private',
  });
  await world.pass(20 * minutes);
  expect(world.password('eu-west-1', (await world.instance('again')).DbiResourceId!)).toBe('first-password');
});

test("a restore takes RDS's defaults and not the original's", async () => {
  const world = await databaseWorld();
  const network = world.networks['eu-west-1'];
  await world.call('rds', 'CreateDBParameterGroup', {
    DBParameterGroupName: 'strict',
    DBParameterGroupFamily: 'postgres18',
    Description: 'strict',
  });
  const original = {
    DBParameterGroupName: 'strict',
    VpcSecurityGroupIds: [network.securityGroup],
    MultiAZ: true,
    DeletionProtection: true,
    BackupRetentionPeriod: 7,
    Port: 5433,
  };
  await world.database('orders', original);
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  const restore = (id: string, more: object) =>
    world.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
      DBInstanceIdentifier: id,
      DBSnapshotIdentifier: 'before',
      DBSubnetGroupName: 'private',
      ...more,
    });
  await restore('again', {});
  expect(await statuses(world, 'again', 25 * minutes)).toEqual(['creating', 'backing-up', 'available']);
  expect(await world.instance('again')).toMatchObject({
    DBInstanceClass: 'db.t4g.medium',
    BackupRetentionPeriod: 7,
    MultiAZ: false,
    DeletionProtection: false,
    PubliclyAccessible: true,
    VpcSecurityGroups: [{ VpcSecurityGroupId: network.defaultSecurityGroup, Status: 'active' }],
    DBParameterGroups: [{ DBParameterGroupName: 'default.postgres18', ParameterApplyStatus: 'in-sync' }],
    Endpoint: { Port: 5433 },
  });
  await restore('without-backups', { BackupRetentionPeriod: 0 });
  expect(await statuses(world, 'without-backups', 20 * minutes)).toEqual(['creating', 'available']);
  await expect(restore('with-name', { DBName: 'orders' })).rejects.toMatchObject({
    message: 'DBName must be null when Restoring for this Engine.',
  });
  await expect(restore('orders', {})).rejects.toMatchObject({ code: 'DBInstanceAlreadyExistsFault' });
});

test('a snapshot that is not there or not ready is not restored', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  const restore = (snapshot: string) =>
    world.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
      DBInstanceIdentifier: 'again',
      DBSnapshotIdentifier: snapshot,
      DBSubnetGroupName: 'private',
    });
  await expect(restore('before')).rejects.toMatchObject({ code: 'InvalidDBSnapshotStateFault' });
  await expect(restore('nothing')).rejects.toMatchObject({ code: 'DBSnapshotNotFoundFault' });
});

test('an encrypted snapshot crosses regions with a key of the region it goes to, and keeps the time of the original', async () => {
  const world = await databaseWorld();
  await world.database('orders', { StorageEncrypted: true });
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  const source = await snapshotOf(world, 'before');
  const copy = (more: object) =>
    world.call(
      'rds',
      'CopyDBSnapshot',
      { SourceDBSnapshotIdentifier: source.DBSnapshotArn, TargetDBSnapshotIdentifier: 'copied', ...more },
      'eu-central-1',
    );
  await expect(copy({})).rejects.toMatchObject({ code: 'InvalidParameterValue', message: expect.stringContaining('KmsKeyId') });
  await expect(copy({ KmsKeyId: source.KmsKeyId })).rejects.toMatchObject({ code: 'KMSKeyNotAccessibleFault' });
  await copy({ KmsKeyId: 'alias/aws/rds' });
  expect(await snapshotOf(world, 'copied', 'eu-central-1')).toMatchObject({ Status: 'creating' });
  await world.pass(25 * minutes);
  const there = await snapshotOf(world, 'copied', 'eu-central-1');
  expect(there).toMatchObject({ Status: 'available', SourceRegion: 'eu-west-1', SourceDBSnapshotIdentifier: source.DBSnapshotArn });
  expect(there.KmsKeyId).toMatch(/^arn:aws:kms:eu-central-1:/);
  expect(there.OriginalSnapshotCreateTime).toEqual(source.SnapshotCreateTime);
  expect(there.SnapshotCreateTime!.getTime()).toBeGreaterThan(source.SnapshotCreateTime!.getTime());
});

test('a copy out of a region that is lost never completes, and none can be begun', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  const copy = (id: string) =>
    world.call(
      'rds',
      'CopyDBSnapshot',
      { SourceDBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:111122223333:snapshot:before', TargetDBSnapshotIdentifier: id },
      'eu-central-1',
    );
  await copy('complete');
  await world.pass(25 * minutes);
  await copy('begun');
  await world.world.loseRegion('eu-west-1');
  await world.pass(86_400);
  expect(await snapshotOf(world, 'complete', 'eu-central-1')).toMatchObject({ Status: 'available' });
  expect(await snapshotOf(world, 'begun', 'eu-central-1')).toMatchObject({ Status: 'creating' });
  await expect(copy('refused')).rejects.toMatchObject({ code: 'ServiceUnavailable' });
});
