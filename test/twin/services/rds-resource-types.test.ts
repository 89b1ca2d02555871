import { expect, test } from '@jest/globals';
import type { DBParameterGroup } from '@aws-sdk/client-rds';
import { databaseWorld, type DatabaseWorld } from '../../helpers/database-world.js';

const minutes = 60;

/** Asks a resource until it is stable, as CloudFormation does. */
const stable = async (world: DatabaseWorld, type: string, id: string, properties: object) => {
  for (let looks = 0; looks < 60; looks++) {
    const answer = await world.type(type).stable!(id, properties as never, world.ctx());
    if (answer) return answer;
    await world.pass(60);
  }
  throw new Error(`${id} never became stable`);
};
const properties = {
  DBInstanceIdentifier: 'Orders',
  Engine: 'postgres',
  EngineVersion: '18.4',
  DBInstanceClass: 'db.t4g.medium',
  AllocatedStorage: '20',
  MasterUsername: 'owner',
  MasterUserPassword: 'first-password',
  DBSubnetGroupName: 'private',
  PubliclyAccessible: false,
  BackupRetentionPeriod: 7,
};

test('a stack makes the instance that describe then finds, and its attributes are the endpoint', async () => {
  const world = await databaseWorld();
  const { securityGroup } = world.networks['eu-west-1'];
  const wanted = { ...properties, VPCSecurityGroups: [securityGroup] };
  const { physicalId } = await world.type('AWS::RDS::DBInstance').create(wanted, world.ctx(), world.names);
  const answer = await stable(world, 'AWS::RDS::DBInstance', physicalId, wanted);
  const found = await world.instance('orders');
  expect(found).toMatchObject({
    DBInstanceStatus: 'available',
    AllocatedStorage: 20,
    VpcSecurityGroups: [{ VpcSecurityGroupId: securityGroup }],
  });
  expect(answer).toEqual({
    stable: true,
    attributes: {
      'Endpoint.Address': found.Endpoint!.Address,
      'Endpoint.Port': '5432',
      'Endpoint.HostedZoneId': 'Z29XKXDKYMONMX',
      DBInstanceArn: found.DBInstanceArn,
      DbiResourceId: found.DbiResourceId,
    },
  });
});

test('a stack update sets what changed and restarts the instance for a new parameter group', async () => {
  const world = await databaseWorld();
  const group = world.type('AWS::RDS::DBParameterGroup');
  const { physicalId: name } = await group.create(
    { Family: 'postgres18', Description: 'strict', Parameters: { 'rds.force_ssl': '0', max_connections: 50 } },
    world.ctx(),
    world.names,
  );
  const { DBParameterGroups } = await world.call<{ DBParameterGroups: DBParameterGroup[] }>('rds', 'DescribeDBParameterGroups', {
    DBParameterGroupName: name,
  });
  expect(DBParameterGroups).toHaveLength(1);
  const { DbiResourceId } = await world.database('orders', { BackupRetentionPeriod: 7 });
  const changed = { ...properties, MasterUserPassword: 'second-password', DBParameterGroupName: name, DeletionProtection: 'true' };
  await world.type('AWS::RDS::DBInstance').update!('orders', changed, properties, world.ctx(), world.names);
  await stable(world, 'AWS::RDS::DBInstance', 'orders', changed);
  expect(await world.instance('orders')).toMatchObject({
    DeletionProtection: true,
    DBParameterGroups: [{ DBParameterGroupName: name, ParameterApplyStatus: 'in-sync' }],
  });
  expect(world.password('eu-west-1', DbiResourceId!)).toBe('second-password');
});

test('a stack restores from a snapshot and then sets the password it names', async () => {
  const world = await databaseWorld();
  await world.database('original');
  await world.call('rds', 'CreateDBSnapshot', { DBInstanceIdentifier: 'original', DBSnapshotIdentifier: 'before' });
  await world.pass(10 * minutes);
  const { MasterUsername: _none, ...rest } = properties;
  const from = { ...rest, DBSnapshotIdentifier: 'before', MasterUserPassword: 'own-password' };
  await world.type('AWS::RDS::DBInstance').create(from, world.ctx(), world.names);
  await stable(world, 'AWS::RDS::DBInstance', 'orders', from);
  expect(world.password('eu-west-1', (await world.instance('orders')).DbiResourceId!)).toBe('own-password');
  expect(world.type('AWS::RDS::DBInstance')).toMatchObject({
    holdsData: true,
    replacedOn: expect.arrayContaining(['DBSnapshotIdentifier']),
  });
});

test('a stack restores to a moment, and then sets the password it names', async () => {
  const world = await databaseWorld();
  await world.database('original', { BackupRetentionPeriod: 7 });
  const moment = world.ctx().date();
  await world.pass(10 * minutes);
  const { MasterUsername: _none, ...rest } = properties;
  const source = { SourceDBInstanceIdentifier: 'original', RestoreTime: moment.toISOString() };
  const from = { ...rest, ...source, MasterUserPassword: 'own-password' };
  await world.type('AWS::RDS::DBInstance').create(from, world.ctx(), world.names);
  await stable(world, 'AWS::RDS::DBInstance', 'orders', from);
  const made = await world.instance('orders');
  expect(made.ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
  expect(world.password('eu-west-1', made.DbiResourceId!)).toBe('own-password');
});

test('a stack makes a replica of a database in another region, and promotes it when it names no source any more', async () => {
  const world = await databaseWorld();
  await world.database('original', { BackupRetentionPeriod: 7 });
  const there = world.ctx('eu-central-1');
  const type = world.type('AWS::RDS::DBInstance');
  const replica = {
    DBInstanceIdentifier: 'reader',
    DBInstanceClass: 'db.t4g.medium',
    DBSubnetGroupName: 'private',
    SourceDBInstanceIdentifier: 'original',
    SourceRegion: 'eu-west-1',
  };
  await expect(type.create({ ...replica, MasterUsername: 'own' }, there, world.names)).rejects.toThrow('MasterUsername');
  await type.create(replica, there, world.names);
  await world.pass(25 * minutes);
  expect(await type.stable!('reader', replica, there)).toMatchObject({ stable: true });
  expect(await world.instance('reader', 'eu-central-1')).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:original',
  });
  const { SourceDBInstanceIdentifier: _gone, ...standing } = replica;
  await expect(type.update!('reader', { ...replica, SourceDBInstanceIdentifier: 'another' }, replica, there, world.names)).rejects.toThrow(
    'change of SourceDBInstanceIdentifier from original to another',
  );
  const promoted = { ...standing, BackupRetentionPeriod: 3, DeletionProtection: true };
  await type.update!('reader', promoted, replica, there, world.names);
  expect(await type.stable!('reader', promoted, there)).toBeUndefined();
  await world.pass(20 * minutes);
  expect(await type.stable!('reader', promoted, there)).toMatchObject({ stable: true });
  const made = await world.instance('reader', 'eu-central-1');
  expect(made).toMatchObject({ BackupRetentionPeriod: 3, DeletionProtection: true });
  expect(made.ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
});

test('a stack has automated backups replicated to the region it names, and no longer when it names none', async () => {
  const world = await databaseWorld();
  const type = world.type('AWS::RDS::DBInstance');
  const replicating = { ...properties, AutomaticBackupReplicationRegion: 'eu-central-1', AutomaticBackupReplicationRetentionPeriod: 3 };
  await type.create(replicating, world.ctx(), world.names);
  await stable(world, 'AWS::RDS::DBInstance', 'orders', replicating);
  const there = async () =>
    (await world.call<{ DBInstanceAutomatedBackups: object[] }>('rds', 'DescribeDBInstanceAutomatedBackups', {}, 'eu-central-1'))
      .DBInstanceAutomatedBackups;
  expect(await there()).toMatchObject([{ Status: 'pending', BackupRetentionPeriod: 3, DBInstanceIdentifier: 'orders' }]);
  await type.update!('orders', properties, replicating, world.ctx(), world.names);
  expect(await there()).toMatchObject([{ Status: 'retained' }]);
});

test('a property the twin does not have fails by name instead of being dropped', async () => {
  const world = await databaseWorld();
  const create = world.type('AWS::RDS::DBInstance').create({ ...properties, ManageMasterUserPassword: true }, world.ctx(), world.names);
  await expect(create).rejects.toMatchObject({ code: 'NotModelled', message: expect.stringContaining('ManageMasterUserPassword') });
});

test('an instance that its stack deletes is gone, also when somebody deleted it before', async () => {
  const world = await databaseWorld();
  await world.database('orders');
  const type = world.type('AWS::RDS::DBInstance');
  await type.delete('orders', properties, world.ctx());
  expect(await type.gone!('orders', world.ctx())).toBe(false);
  await world.pass(10 * minutes);
  expect(await type.gone!('orders', world.ctx())).toBe(true);
  await type.delete('orders', properties, world.ctx());
});
