import { expect, test } from '@jest/globals';
import type { DBInstance, Parameter } from '@aws-sdk/client-rds';
import { databaseWorld, snapshotOf, statuses } from '../../helpers/database-world.js';

const minutes = 60;

test('a new instance is created, backed up and then available, and has an endpoint only once it is there', async () => {
  const world = await databaseWorld();
  const { DBInstance: made } = await world.call<{ DBInstance: DBInstance }>(
    'rds',
    'CreateDBInstance',
    world.order('orders', { BackupRetentionPeriod: 7 }),
  );
  expect(made).toMatchObject({
    DBInstanceStatus: 'creating',
    DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
    EngineVersion: '18.4',
  });
  expect(made.Endpoint).toBeUndefined();
  expect(await statuses(world, 'orders', 20 * minutes)).toEqual(['creating', 'backing-up', 'available']);
  const there = await world.instance('orders');
  expect(there.Endpoint).toMatchObject({ Port: 5432, HostedZoneId: 'Z29XKXDKYMONMX' });
  expect(there.Endpoint!.Address).toMatch(/^orders\.c[0-9a-f]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
  expect(world.dataplane.network.addressesOf(there.Endpoint!.Address!)).toHaveLength(1);
  expect(there.LatestRestorableTime).toBeInstanceOf(Date);
});

test('an instance without backups is available as soon as it is created', async () => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('orders'));
  expect(await statuses(world, 'orders', 20 * minutes)).toEqual(['creating', 'available']);
});

test('instances are listed in pages and found by filter', async () => {
  const world = await databaseWorld();
  for (let index = 0; index < 21; index++) await world.call('rds', 'CreateDBInstance', world.order(`db-${String(index).padStart(2, '0')}`));
  const list = (input: object) => world.call<{ DBInstances: DBInstance[]; Marker?: string }>('rds', 'DescribeDBInstances', input);
  const first = await list({ MaxRecords: 20 });
  expect(first.DBInstances).toHaveLength(20);
  const second = await list({ MaxRecords: 20, Marker: first.Marker });
  expect(second.DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual(['db-20']);
  expect(second.Marker).toBeUndefined();
  const found = await list({ Filters: [{ Name: 'db-instance-id', Values: ['db-07'] }] });
  expect(found.DBInstances).toHaveLength(1);
  await expect(list({ Filters: [{ Name: 'color', Values: ['red'] }] })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
});

test('a region holds forty instances', async () => {
  const world = await databaseWorld();
  for (let index = 0; index < 40; index++) await world.call('rds', 'CreateDBInstance', world.order(`db-${index}`));
  await expect(world.call('rds', 'CreateDBInstance', world.order('one-more'))).rejects.toMatchObject({
    code: 'InstanceQuotaExceededFault',
  });
});

test.each([
  ['a name that is taken', { DBInstanceIdentifier: 'orders' }, 'DBInstanceAlreadyExistsFault'],
  ['a name with an underscore', { DBInstanceIdentifier: 'or_ders' }, 'InvalidParameterValue'],
  ['an unknown class', { DBInstanceClass: 'db.t2.nano' }, 'InvalidParameterCombination'],
  ['an unknown version', { EngineVersion: '9.9' }, 'InvalidParameterCombination'],
  ['a version that does not run here', { EngineVersion: '17.5' }, 'NotModelled'],
  ['a short password', { MasterUserPassword: 'short' }, 'InvalidParameterValue'],
  ['a missing subnet group', { DBSubnetGroupName: 'nowhere' }, 'DBSubnetGroupNotFoundFault'],
  ['no subnet group where there is no default VPC', { DBSubnetGroupName: undefined }, 'InvalidSubnet'],
  ['a missing parameter group', { DBParameterGroupName: 'nowhere' }, 'DBParameterGroupNotFoundFault'],
  ['a key of another region', { StorageEncrypted: true, KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1' }, 'KMSKeyNotAccessibleFault'],
  ['an input the model lacks', { ManageMasterUserPassword: true }, 'NotModelled'],
])('an instance is refused with %s', async (_what, change, code) => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('orders'));
  await expect(world.call('rds', 'CreateDBInstance', world.order('another', change))).rejects.toMatchObject({ code });
});

test('a password change is still to come right after it was accepted, and then reaches the database', async () => {
  const world = await databaseWorld();
  const { DbiResourceId } = await world.database('orders');
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  expect(await world.instance('orders')).toMatchObject({
    DBInstanceStatus: 'available',
    PendingModifiedValues: { MasterUserPassword: '****' },
  });
  expect(await statuses(world, 'orders', 3 * minutes)).toEqual(['available', 'resetting-master-credentials', 'available']);
  expect((await world.instance('orders')).PendingModifiedValues).toEqual({});
  expect(world.password('eu-west-1', DbiResourceId!)).toBe('second-password');
});

test('a class change waits for the maintenance window unless it shall be applied at once', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  const change = { DBInstanceIdentifier: 'orders', DBInstanceClass: 'db.t4g.large' };
  await world.call('rds', 'ModifyDBInstance', change);
  await world.pass(60 * minutes);
  expect(await world.instance('orders')).toMatchObject({
    DBInstanceClass: 'db.t4g.medium',
    PendingModifiedValues: { DBInstanceClass: 'db.t4g.large' },
  });
  await world.pass(7 * 86_400);
  expect(await world.instance('orders')).toMatchObject({ DBInstanceClass: 'db.t4g.large', PendingModifiedValues: {} });
  await world.call('rds', 'ModifyDBInstance', { ...change, DBInstanceClass: 'db.t4g.small', ApplyImmediately: true });
  expect(await statuses(world, 'orders', 3 * minutes)).toEqual(['available', 'modifying', 'available']);
  expect(await world.instance('orders')).toMatchObject({ DBInstanceClass: 'db.t4g.small' });
});

test('backups that are turned on begin with a backup', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', BackupRetentionPeriod: 7, ApplyImmediately: true });
  expect(await statuses(world, 'orders', 10 * minutes)).toEqual(['available', 'modifying', 'backing-up', 'available']);
});

test('an instance that is busy is not modified', async () => {
  const world = await databaseWorld();
  await world.call('rds', 'CreateDBInstance', world.order('orders'));
  await expect(world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', DeletionProtection: true })).rejects.toMatchObject({
    code: 'InvalidDBInstanceStateFault',
    message: 'Database instance is not in available state.',
  });
});

test('a change that a backup overtakes is made after it', async () => {
  const world = await databaseWorld();
  const { DbiResourceId } = await world.database('orders');
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', MasterUserPassword: 'second-password' });
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'orders', DBSnapshotIdentifier: 'between' });
  expect(await statuses(world, 'orders', 15 * minutes)).toEqual(['backing-up', 'resetting-master-credentials', 'available']);
  expect(world.password('eu-west-1', DbiResourceId!)).toBe('second-password');
});

test('a new parameter group is in force after a reboot only', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await world.call('rds', 'CreateDBParameterGroup', {
    DBParameterGroupName: 'strict',
    DBParameterGroupFamily: 'postgres18',
    Description: 'strict',
  });
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', DBParameterGroupName: 'strict' });
  const group = async () => (await world.instance('orders')).DBParameterGroups;
  expect(await group()).toEqual([{ DBParameterGroupName: 'strict', ParameterApplyStatus: 'pending-reboot' }]);
  await world.call('rds', 'RebootDBInstance', { DBInstanceIdentifier: 'orders' });
  expect(await statuses(world, 'orders', 2 * minutes)).toEqual(['rebooting', 'available']);
  expect(await group()).toEqual([{ DBParameterGroupName: 'strict', ParameterApplyStatus: 'in-sync' }]);
});

test('a static parameter is not applied at once, and one the twin does not know is refused by name', async () => {
  const { call } = await databaseWorld();
  await call('rds', 'CreateDBParameterGroup', {
    DBParameterGroupName: 'strict',
    DBParameterGroupFamily: 'postgres18',
    Description: 'strict',
  });
  const set = (ParameterName: string, ApplyMethod: string) =>
    call('rds', 'ModifyDBParameterGroup', {
      DBParameterGroupName: 'strict',
      Parameters: [{ ParameterName, ParameterValue: '1', ApplyMethod }],
    });
  await expect(set('max_connections', 'immediate')).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
  await expect(set('max_conections', 'immediate')).rejects.toMatchObject({
    code: 'NotModelled',
    message: expect.stringContaining('max_conections'),
  });
  await set('max_connections', 'pending-reboot');
  const { Parameters } = await call<{ Parameters: Parameter[] }>('rds', 'DescribeDBParameters', {
    DBParameterGroupName: 'strict',
    Source: 'user',
  });
  expect(Parameters).toMatchObject([{ ParameterName: 'max_connections', ParameterValue: '1', Source: 'user' }]);
});

test('a protected instance is not deleted, and a deletion says what becomes of the data', async () => {
  const world = await databaseWorld();
  await world.database('orders', { DeletionProtection: true });
  const remove = (more: object) => world.call('rds', 'DeleteDBInstance', { DBInstanceIdentifier: 'orders', ...more });
  await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
    message: expect.stringContaining('Cannot delete protected DB Instance'),
  });
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', DeletionProtection: false });
  await expect(remove({})).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
  await remove({ FinalDBSnapshotIdentifier: 'last' });
  expect(await statuses(world, 'orders', 60)).toEqual(['deleting']);
  await world.pass(10 * minutes);
  await expect(world.instance('orders')).rejects.toMatchObject({
    code: 'DBInstanceNotFoundFault',
    message: 'DBInstance orders not found.',
  });
  expect(await snapshotOf(world, 'last')).toMatchObject({ Status: 'available', SnapshotType: 'manual' });
  expect(world.dataplane.databaseNames.size).toBe(0);
});

test('a stopped instance starts by itself after a week', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  await world.call('rds', 'StopDBInstance', { DBInstanceIdentifier: 'orders' });
  await world.pass(5 * minutes);
  expect(await world.status('orders')).toBe('stopped');
  await world.pass(7 * 86_400 + 600);
  expect(await world.status('orders')).toBe('available');
});

test('tags are kept by ARN and shown with the instance', async () => {
  const world = await databaseWorld();
  const { DBInstanceArn: ResourceName } = await world.database('orders', { Tags: [{ Key: 'site', Value: 'dublin' }] });
  await world.call('rds', 'AddTagsToResource', {
    ResourceName,
    Tags: [
      { Key: 'run', Value: '1' },
      { Key: 'site', Value: 'frankfurt' },
    ],
  });
  await world.call('rds', 'RemoveTagsFromResource', { ResourceName, TagKeys: ['run'] });
  expect((await world.instance('orders')).TagList).toEqual([{ Key: 'site', Value: 'frankfurt' }]);
  await expect(world.call('rds', 'ListTagsForResource', { ResourceName: `${ResourceName}-2` })).rejects.toMatchObject({
    code: 'DBInstanceNotFoundFault',
  });
});

test('the running engine version is one of those known, and instance classes are orderable in it', async () => {
  const { call } = await databaseWorld();
  const { DBEngineVersions } = await call<{ DBEngineVersions: { EngineVersion: string }[] }>('rds', 'DescribeDBEngineVersions', {
    Engine: 'postgres',
  });
  const versions = DBEngineVersions.map(({ EngineVersion }) => EngineVersion);
  expect(versions.indexOf('18.4')).toBeGreaterThan(0);
  expect(versions.at(-1)).not.toBe('18.4');
  const { OrderableDBInstanceOptions } = await call<{ OrderableDBInstanceOptions: object[] }>('rds', 'DescribeOrderableDBInstanceOptions', {
    Engine: 'postgres',
    EngineVersion: '18.4',
    DBInstanceClass: 'db.t4g.medium',
  });
  expect(OrderableDBInstanceOptions).toHaveLength(1);
  expect(await call('rds', 'DescribePendingMaintenanceActions')).toEqual({ PendingMaintenanceActions: [] });
});

test('a subnet group covers two zones and is not deleted while it is used', async () => {
  const world = await databaseWorld();
  const create = (...SubnetIds: string[]) =>
    world.call('rds', 'CreateDBSubnetGroup', { DBSubnetGroupName: 'new', DBSubnetGroupDescription: 'new', SubnetIds });
  const { subnets } = world.networks['eu-west-1'];
  await expect(create(subnets.a, subnets.a2)).rejects.toMatchObject({ code: 'DBSubnetGroupDoesNotCoverEnoughAZs' });
  await expect(create(subnets.a, 'subnet-0123456789abcdef0')).rejects.toMatchObject({ code: 'InvalidSubnet' });
  await world.database('orders');
  await expect(world.call('rds', 'DeleteDBSubnetGroup', { DBSubnetGroupName: 'private' })).rejects.toMatchObject({
    code: 'InvalidDBSubnetGroupStateFault',
  });
});

test("security groups are those of the instance's VPC", async () => {
  const world = await databaseWorld();
  const other = await world.call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', { CidrBlock: '10.1.0.0/16' });
  const group = { GroupName: 'far', Description: 'in another VPC', VpcId: other.Vpc.VpcId };
  const { GroupId } = await world.call<{ GroupId: string }>('ec2', 'CreateSecurityGroup', group);
  const create = (id: string) => world.call('rds', 'CreateDBInstance', world.order('orders', { VpcSecurityGroupIds: [id] }));
  await expect(create(GroupId)).rejects.toMatchObject({
    code: 'InvalidParameterCombination',
    message: expect.stringContaining('different VPCs'),
  });
  await expect(create('sg-0123456789abcdef0')).rejects.toMatchObject({ code: 'InvalidParameterValue' });
});
