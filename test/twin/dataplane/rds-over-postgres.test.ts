import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { DBInstanceAutomatedBackup } from '@aws-sdk/client-rds';
import { databaseWorld, type DatabaseWorld } from '../../helpers/database-world.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

const minutes = 60;
const [home, away] = ['eu-west-1', 'eu-central-1'];
let dataplane: TemporaryDataplane;
let world: DatabaseWorld;
beforeAll(async () => {
  dataplane = await temporaryDataplane();
  world = await databaseWorld(dataplane);
});
afterAll(() => dataplane.close());

const query = async (
  id: string,
  region: string,
  sql: string,
  ssl: pg.ClientConfig['ssl'] = { rejectUnauthorized: false },
): Promise<unknown[]> => {
  const { Endpoint } = await world.instance(id, region);
  const client = new pg.Client({
    host: dataplane.network.addressesOf(Endpoint!.Address!)[0]!,
    port: dataplane.servedPort(Endpoint!.Port!),
    user: 'owner',
    password: 'first-password',
    database: 'shop',
    ssl,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<{ n: number }>(sql)).rows.map(({ n }) => n);
  } finally {
    await client.end();
  }
};
const orders = (id: string, region: string) => query(id, region, 'select n from orders order by n');
const insert = (id: string, region: string, n: number) => query(id, region, `insert into orders values (${n})`);
const restore = (region: string, more: object) =>
  world.call(
    'rds',
    'RestoreDBInstanceToPointInTime',
    { DBSubnetGroupName: 'private', BackupRetentionPeriod: 0, TargetDBInstanceIdentifier: 'again', ...more },
    region,
  );

test('rows come back as of a moment, from backups replicated out of a lost region, and by a promoted replica', async () => {
  const { DBInstanceArn: arn } = await world.database('orders', { BackupRetentionPeriod: 1, DBName: 'shop' });
  await query('orders', home, 'create table orders (n int)');
  await insert('orders', home, 1);
  await world.pass(1);
  const between = world.ctx().date();
  await world.pass(1);
  await insert('orders', home, 2);
  await world.pass(10 * minutes);
  await world.call('rds', 'StartDBInstanceAutomatedBackupsReplication', { SourceDBInstanceArn: arn }, away);
  const replica = { DBInstanceIdentifier: 'reader', SourceDBInstanceIdentifier: arn, DBSubnetGroupName: 'private' };
  await world.call('rds', 'CreateDBInstanceReadReplica', replica, away);
  await restore(home, { SourceDBInstanceIdentifier: 'orders', RestoreTime: between });
  await world.pass(30 * minutes);
  expect([await orders('again', home), await orders('orders', home)]).toEqual([[1], [1, 2]]);

  await insert('orders', home, 3);
  await world.world.sleepUntil(Math.ceil(world.world.now() / 300_000) * 300_000 + 1000);
  await insert('orders', home, 4);
  for (let looks = 0; looks < 500 && (await orders('reader', away)).length < 4; looks++);
  await world.world.loseRegion(home);

  const { DBInstanceAutomatedBackups: backups } = await world.call<{ DBInstanceAutomatedBackups: DBInstanceAutomatedBackup[] }>(
    'rds',
    'DescribeDBInstanceAutomatedBackups',
    {},
    away,
  );
  const source = { SourceDBInstanceAutomatedBackupsArn: backups[0]!.DBInstanceAutomatedBackupsArn };
  await restore(away, { ...source, UseLatestRestorableTime: true });
  await expect(insert('reader', away, 5)).rejects.toThrow('read-only transaction');
  await world.call('rds', 'PromoteReadReplica', { DBInstanceIdentifier: 'reader', BackupRetentionPeriod: 0 }, away);
  await world.pass(20 * minutes);
  await insert('reader', away, 5);
  expect([await orders('again', away), await orders('reader', away)]).toEqual([
    [1, 2, 3],
    [1, 2, 3, 4, 5],
  ]);
}, 60_000);

test('clear text is refused by default, as by RDS since PostgreSQL 15, and allowed by a parameter group once the server has started with it', async () => {
  const group = { DBParameterGroupName: 'lax' };
  await world.call('rds', 'CreateDBParameterGroup', { ...group, DBParameterGroupFamily: 'postgres18', Description: 'no TLS needed' }, away);
  const Parameters = [{ ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'pending-reboot' }];
  await world.call('rds', 'ModifyDBParameterGroup', { ...group, Parameters }, away);
  await world.call('rds', 'CreateDBInstance', world.order('strict', { DBName: 'shop' }), away);
  await world.pass(20 * minutes);
  const inTheClear = () => query('strict', away, 'select 1 as n', false);
  await expect(inTheClear()).rejects.toThrow('no encryption');
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'strict', ...group, ApplyImmediately: true }, away);
  await world.pass(5 * minutes);
  await expect(inTheClear()).rejects.toThrow('no encryption');
  await world.call('rds', 'RebootDBInstance', { DBInstanceIdentifier: 'strict' }, away);
  await world.pass(5 * minutes);
  expect(await inTheClear()).toEqual([1]);
}, 60_000);
