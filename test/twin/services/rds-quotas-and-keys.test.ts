import { expect, test } from '@jest/globals';
import type { AccountQuota } from '@aws-sdk/client-rds';
import { databaseWorld, snapshotOf, type DatabaseWorld } from '../../helpers/database-world.js';

const minutes = 60;
const source = 'arn:aws:rds:eu-west-1:111122223333:snapshot:before';

const withSnapshot = async (more: object = {}) => {
  const world = await databaseWorld();
  await world.database('orders', more);
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  return world;
};
const copy = (world: DatabaseWorld, id: string, more: object = {}, region = 'eu-central-1') =>
  world.call('rds', 'CopyDBSnapshot', { SourceDBSnapshotIdentifier: source, TargetDBSnapshotIdentifier: id, ...more }, region);
const newKey = async (world: DatabaseWorld): Promise<string> =>
  (await world.call<{ KeyMetadata: { Arn: string } }>('kms', 'CreateKey', {})).KeyMetadata.Arn;
const attributes = async (world: DatabaseWorld): Promise<Record<string, AccountQuota>> => {
  const { AccountQuotas } = await world.call<{ AccountQuotas: AccountQuota[] }>('rds', 'DescribeAccountAttributes');
  return Object.fromEntries(AccountQuotas.map((quota) => [quota.AccountQuotaName!, quota]));
};

test('the quotas of an account say what is used and what may be', async () => {
  const world = await withSnapshot({ AllocatedStorage: 50 });
  expect(await attributes(world)).toMatchObject({
    DBInstances: { Used: 1, Max: 40 },
    ManualSnapshots: { Used: 1, Max: 100 },
    AllocatedStorage: { Used: 50, Max: 100_000 },
    DBSubnetGroups: { Used: 1, Max: 50 },
    ReadReplicasPerMaster: { Used: 0, Max: 15 },
  });
});

test('there are at most 40 instances in a region, whichever way they come', async () => {
  const world = await withSnapshot();
  for (let n = 2; n <= 40; n++) await world.call('rds', 'CreateDBInstance', world.order(`orders-${n}`));
  const over = { code: 'InstanceQuotaExceededFault' };
  await expect(world.call('rds', 'CreateDBInstance', world.order('one-more'))).rejects.toMatchObject(over);
  await expect(
    world.call('rds', 'RestoreDBInstanceFromDBSnapshot', { DBInstanceIdentifier: 'one-more', DBSnapshotIdentifier: 'before' }),
  ).rejects.toMatchObject(over);
});

test('the storage of all instances together has a quota', async () => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('large', { AllocatedStorage: 60_000 }));
  await expect(world.call('rds', 'CreateDBInstance', world.order('larger', { AllocatedStorage: 50_000 }))).rejects.toMatchObject({
    code: 'StorageQuotaExceededFault',
  });
});

test('there are at most 100 manual snapshots in a region; automated ones do not count', async () => {
  const world = await withSnapshot();
  for (let n = 2; n <= 100; n++) await copy(world, `copy-${n}`, {}, 'eu-west-1');
  await expect(copy(world, 'one-more', {}, 'eu-west-1')).rejects.toMatchObject({ code: 'SnapshotQuotaExceededFault' });
  await expect(
    world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'one-more' }),
  ).rejects.toMatchObject({ code: 'SnapshotQuotaExceededFault' });
  await world.database('protected', { BackupRetentionPeriod: 1 });
  expect((await attributes(world))['ManualSnapshots']).toMatchObject({ Used: 100 });
  expect(await world.status('protected')).toBe('available');
});

test('twenty copies are on their way to a region at most; one more is taken when they have arrived', async () => {
  const world = await withSnapshot();
  for (let n = 1; n <= 20; n++) await copy(world, `copy-${n}`);
  await expect(copy(world, 'one-more')).rejects.toMatchObject({
    code: 'SnapshotQuotaExceededFault',
    message: expect.stringContaining('20 are in progress'),
  });
  await world.pass(30 * minutes);
  await copy(world, 'one-more');
});

test('a copy needs a source that is available, a name that is free, and takes tags only if told to', async () => {
  const world = await withSnapshot();
  await world.call('rds', 'AddTagsToResource', { ResourceName: source, Tags: [{ Key: 'team', Value: 'shop' }] });
  await copy(world, 'with-tags', { CopyTags: true });
  await copy(world, 'own-tags', { CopyTags: true, Tags: [{ Key: 'team', Value: 'other' }] });
  await copy(world, 'no-tags');
  const tagsOf = async (id: string) => (await snapshotOf(world, id, 'eu-central-1')).TagList;
  expect([await tagsOf('with-tags'), await tagsOf('own-tags'), await tagsOf('no-tags')]).toEqual([
    [{ Key: 'team', Value: 'shop' }],
    [{ Key: 'team', Value: 'other' }],
    [],
  ]);
  await expect(copy(world, 'no-tags')).rejects.toMatchObject({ code: 'DBSnapshotAlreadyExistsFault' });
  await expect(copy(world, 'not--valid')).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  await expect(copy(world, 'other', { SourceDBSnapshotIdentifier: `${source}-2` })).rejects.toMatchObject({
    code: 'DBSnapshotNotFoundFault',
  });
  const again = { SourceDBSnapshotIdentifier: 'no-tags' };
  await expect(copy(world, 'again', again)).rejects.toMatchObject({ code: 'InvalidDBSnapshotStateFault' });
});

test.each([
  ['disabled', 'DisableKey', {}],
  ['about to be deleted', 'ScheduleKeyDeletion', { PendingWindowInDays: 7 }],
])('with a key that is %s nothing is made, restored or copied', async (_state, operation, more) => {
  const world = await databaseWorld();
  const key = await newKey(world);
  await world.database('orders', { StorageEncrypted: true, KmsKeyId: key });
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  await world.call('kms', operation, { KeyId: key, ...more });
  const refused = { code: 'KMSKeyNotAccessibleFault', message: expect.stringContaining(key) };
  await expect(
    world.call('rds', 'CreateDBInstance', world.order('other', { StorageEncrypted: true, KmsKeyId: key })),
  ).rejects.toMatchObject(refused);
  await expect(copy(world, 'copied', { KmsKeyId: 'alias/aws/rds' })).rejects.toMatchObject(refused);
  await expect(
    world.call('rds', 'RestoreDBInstanceFromDBSnapshot', {
      DBInstanceIdentifier: 'again',
      DBSnapshotIdentifier: 'before',
      DBSubnetGroupName: 'private',
    }),
  ).rejects.toMatchObject(refused);
});

test('lists refuse a marker, a page size, a filter and a snapshot type that are none', async () => {
  const world = await withSnapshot();
  for (const operation of ['DescribeDBInstances', 'DescribeDBSnapshots', 'DescribeDBInstanceAutomatedBackups']) {
    for (const wrong of [
      { Marker: 'nonsense' },
      { MaxRecords: 19 },
      { MaxRecords: 101 },
      { Filters: [{ Name: 'colour', Values: ['red'] }] },
    ]) {
      await expect(world.call('rds', operation, wrong)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    }
  }
  await expect(world.call('rds', 'DescribeDBSnapshots', { SnapshotType: 'weekly' })).rejects.toMatchObject({
    code: 'InvalidParameterValue',
  });
});
