import { expect, test } from '@jest/globals';
import type { DBInstanceAutomatedBackup, DBSnapshot } from '@aws-sdk/client-rds';
import { databaseWorld, statuses, type DatabaseWorld } from '../../helpers/database-world.js';

const minutes = 60;
const hours = 3600;
const days = 86_400;

/** A database with automated backups whose password says when it was set: `password-0` first, then one more every hour. */
const withHistory = async (more: object = {}) => {
  const world = await databaseWorld();
  const made = await world.database('orders', { BackupRetentionPeriod: 7, MasterUserPassword: 'password-0', ...more });
  const set: number[] = [];
  for (const hour of [1, 2]) {
    await world.pass(hours);
    await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: `password-${hour}` });
    await world.pass(5 * minutes);
    set.push(world.world.now());
  }
  await world.pass(10 * minutes);
  return { world, made, set };
};
const restore = (world: DatabaseWorld, more: object, region?: string) =>
  world.call(
    'rds',
    'RestoreDBInstanceToPointInTime',
    { SourceDBInstanceIdentifier: 'orders', TargetDBInstanceIdentifier: 'again', DBSubnetGroupName: 'private', ...more },
    region,
  );
const passwordOf = async (world: DatabaseWorld, id: string): Promise<string | undefined> =>
  world.password('eu-west-1', (await world.instance(id)).DbiResourceId!);
const backups = async (world: DatabaseWorld, by: object = {}): Promise<DBInstanceAutomatedBackup[]> =>
  (await world.call<{ DBInstanceAutomatedBackups: DBInstanceAutomatedBackup[] }>('rds', 'DescribeDBInstanceAutomatedBackups', by))
    .DBInstanceAutomatedBackups;
const automated = async (world: DatabaseWorld): Promise<DBSnapshot[]> =>
  (await world.call<{ DBSnapshots: DBSnapshot[] }>('rds', 'DescribeDBSnapshots', { SnapshotType: 'automated' })).DBSnapshots;

test('an instance is restored as it was at a moment, or at the latest that can be restored', async () => {
  const { world, set } = await withHistory();
  await restore(world, { RestoreTime: new Date(set[0]!) });
  await restore(world, { TargetDBInstanceIdentifier: 'latest', UseLatestRestorableTime: true });
  expect(await statuses(world, 'again', 25 * minutes)).toEqual(['creating', 'backing-up', 'available']);
  expect([await passwordOf(world, 'again'), await passwordOf(world, 'latest'), await passwordOf(world, 'orders')]).toEqual([
    'password-1',
    'password-2',
    'password-2',
  ]);
  expect(await world.instance('again')).toMatchObject({ MultiAZ: false, BackupRetentionPeriod: 7, AllocatedStorage: 20 });
});

test('the restore window begins with the first backup and ends with the last five-minute mark', async () => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('orders', { BackupRetentionPeriod: 7 }));
  while ((await world.status('orders')) !== 'backing-up') await world.pass(1);
  const began = world.world.now();
  expect(await world.instance('orders')).not.toHaveProperty('LatestRestorableTime');
  expect(await backups(world)).toMatchObject([{ Status: 'creating' }]);
  while ((await world.status('orders')) !== 'available') await world.pass(1);
  await world.pass(hours);
  const latest = new Date(Math.floor(world.world.now() / 300_000) * 300_000);
  expect(await backups(world)).toMatchObject([{ Status: 'active', RestoreWindow: { LatestTime: latest } }]);
  expect((await world.instance('orders')).LatestRestorableTime).toEqual(latest);
  const [{ RestoreWindow: window }] = (await backups(world)) as [DBInstanceAutomatedBackup];
  expect(began - window!.EarliestTime!.getTime()).toBeLessThan(1000);
  const outside = [window!.EarliestTime!.getTime() - 1000, latest.getTime() + 1000];
  for (const instant of outside) {
    await expect(restore(world, { RestoreTime: new Date(instant) })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining(latest.toISOString()),
    });
  }
});

test('a request says one source, one moment, and a name that is free', async () => {
  const { world, made } = await withHistory();
  const refused = (more: object, code: string) => expect(restore(world, more)).rejects.toMatchObject({ code });
  await refused({}, 'InvalidParameterCombination');
  await refused({ UseLatestRestorableTime: true, RestoreTime: world.ctx().date() }, 'InvalidParameterCombination');
  await refused({ UseLatestRestorableTime: true, SourceDbiResourceId: made.DbiResourceId }, 'InvalidParameterCombination');
  await refused({ UseLatestRestorableTime: true, TargetDBInstanceIdentifier: 'orders' }, 'DBInstanceAlreadyExistsFault');
  await refused({ UseLatestRestorableTime: true, SourceDBInstanceIdentifier: 'nothing' }, 'DBInstanceNotFoundFault');
  await refused({ UseLatestRestorableTime: true, DBName: 'orders' }, 'InvalidParameterValue');
  await world.database('unprotected');
  await refused({ UseLatestRestorableTime: true, SourceDBInstanceIdentifier: 'unprotected' }, 'PointInTimeRestoreNotEnabledFault');
});

test('a backup is taken every day in the backup window, and kept for the retention period', async () => {
  const world = await databaseWorld();
  const { DBInstanceIdentifier: id } = await world.database('orders', { BackupRetentionPeriod: 3, PreferredBackupWindow: '05:10-05:40' });
  await world.pass(days);
  const [, second] = await automated(world);
  expect(second).toMatchObject({ DBInstanceIdentifier: id, Status: 'available', DBSnapshotIdentifier: 'rds:orders-2030-01-01-05-10' });
  await world.pass(6 * days);
  const names = (await automated(world)).map(({ DBSnapshotIdentifier: name }) => name!.slice(0, 21));
  expect(names).toEqual(['rds:orders-2030-01-04', 'rds:orders-2030-01-05', 'rds:orders-2030-01-06', 'rds:orders-2030-01-07']);
  const [{ RestoreWindow: window }] = (await backups(world)) as [DBInstanceAutomatedBackup];
  expect(window!.EarliestTime!.toISOString()).toBe('2030-01-04T05:10:00.000Z');
  expect(world.dataplane.snapshotNames.size).toBe(4);
});

test('an automated snapshot is copied and restored like any other, and nobody deletes it by hand', async () => {
  const { world } = await withHistory();
  const [snapshot] = await automated(world);
  const id = snapshot!.DBSnapshotIdentifier!;
  await expect(world.call('rds', 'DeleteDBSnapshot', { DBSnapshotIdentifier: id })).rejects.toMatchObject({
    code: 'InvalidDBSnapshotStateFault',
  });
  await world.call(
    'rds',
    'CopyDBSnapshot',
    { SourceDBSnapshotIdentifier: snapshot!.DBSnapshotArn, TargetDBSnapshotIdentifier: 'kept' },
    'eu-central-1',
  );
  await world.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
    DBInstanceIdentifier: 'first-day',
    DBSnapshotIdentifier: id,
    DBSubnetGroupName: 'private',
  });
  await world.pass(30 * minutes);
  expect(await passwordOf(world, 'first-day')).toBe('password-0');
  const { DBSnapshots } = await world.call<{ DBSnapshots: DBSnapshot[] }>('rds', 'DescribeDBSnapshots', {}, 'eu-central-1');
  expect(DBSnapshots).toMatchObject([{ DBSnapshotIdentifier: 'kept', SnapshotType: 'manual', Status: 'available' }]);
});

test('when backups are turned off, all of them go', async () => {
  const { world } = await withHistory();
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', BackupRetentionPeriod: 0, ApplyImmediately: true });
  await world.pass(5 * minutes);
  expect([await automated(world), await backups(world)]).toEqual([[], []]);
  expect([world.dataplane.snapshotNames.size, world.dataplane.logNames.size]).toEqual([0, 0]);
  await expect(restore(world, { UseLatestRestorableTime: true })).rejects.toMatchObject({ code: 'PointInTimeRestoreNotEnabledFault' });
});

test('the backups of a deleted instance are retained only if that was asked for, and for their retention period', async () => {
  const { world, made, set } = await withHistory({ BackupRetentionPeriod: 2 });
  await expect(world.call('rds', 'DeleteDBInstanceAutomatedBackup', { DbiResourceId: made.DbiResourceId })).rejects.toMatchObject({
    code: 'InvalidDBInstanceAutomatedBackupStateFault',
  });
  const remove = { DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true };
  await world.call('rds', 'DeleteDBInstance', { ...remove, DeleteAutomatedBackups: false });
  await world.pass(hours);
  expect(await backups(world, { DbiResourceId: made.DbiResourceId })).toMatchObject([
    { Status: 'retained', DBInstanceIdentifier: 'orders' },
  ]);
  await restore(world, { SourceDBInstanceIdentifier: undefined, SourceDbiResourceId: made.DbiResourceId, RestoreTime: new Date(set[1]!) });
  await world.pass(25 * minutes);
  expect(await passwordOf(world, 'again')).toBe('password-2');
  await world.call('rds', 'DeleteDBInstance', { ...remove, DBInstanceIdentifier: 'again' });
  await world.pass(3 * days);
  expect([await automated(world), await backups(world)]).toEqual([[], []]);
  expect([world.dataplane.snapshotNames.size, world.dataplane.logNames.size]).toEqual([0, 0]);
});
