import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DataKey } from '../../../twin/world/dataplane.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

const account = '111122223333';
const key = (region: string, id: string): DataKey => ({ account, region, id });
const source = key('eu-west-1', 'db-source');
let dataplane: TemporaryDataplane;
let address: string;
beforeAll(async () => {
  dataplane = await temporaryDataplane();
  address = await created(source);
});
afterAll(() => dataplane.close());

const placeIn = (region: string) => ({ address: dataplane.network.allocateAddress(region), port: 5432 });
/** A database, and its address. */
const created = async (database: DataKey): Promise<string> => {
  const place = placeIn(database.region);
  await dataplane.databases.create(database, { ...place, masterUsername: 'owner', masterPassword: 'first', databaseName: 'shop' });
  return place.address;
};
const connection = (host: string, password: string): pg.Client => {
  const client = new pg.Client({ host, port: dataplane.servedPort(5432), user: 'owner', password, database: 'shop' });
  client.on('error', () => undefined);
  return client;
};
const query = async (host: string, sql: string, password = 'first'): Promise<Record<string, unknown>[]> => {
  const client = connection(host, password);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
const numbers = async (host: string, table: string, password?: string): Promise<unknown[]> =>
  (await query(host, `select n from ${table} order by n`, password)).map(({ n }) => n);
/** Bytes on the disk below these folders; what several share counts once. */
const diskUse = (folders: readonly string[]): number => {
  const seen = new Map<number, number>();
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const { ino, blocks } = statSync(join(folder, name));
      seen.set(ino, blocks * 512);
    }
  }
  return [...seen.values()].reduce((sum, size) => sum + size, 0);
};
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('real databases', () => {
  test('a snapshot under fire holds exactly the rows acknowledged before it and a prefix of the rest; later rows are gone', async () => {
    await query(address, 'create table orders (n int)');
    let acknowledged = 0;
    let writing = true;
    const writer = (async () => {
      while (writing) await query(address, `insert into orders values (${acknowledged + 1})`).then(() => acknowledged++);
    })();
    while (acknowledged < 3) await query(address, 'select 1');
    const before = acknowledged;
    const { bytes } = await dataplane.databases.snapshot(source, key('eu-west-1', 'awsbackup:job-1'));
    const after = acknowledged + 1; // one more may have been in flight
    writing = false;
    await writer;
    await query(address, 'insert into orders values (1000000)');
    expect(bytes).toBeGreaterThan(10_000_000);

    const [restored, place] = [key('eu-west-1', 'db-restored'), placeIn('eu-west-1')];
    await dataplane.databases.restore(key('eu-west-1', 'awsbackup:job-1'), restored, place);
    const held = await numbers(place.address, 'orders');
    expect(held).toEqual(upTo(held.length));
    expect(held.length).toBeGreaterThanOrEqual(before);
    expect(held.length).toBeLessThanOrEqual(after);
    expect(await numbers(address, 'orders')).toEqual([...upTo(acknowledged), 1_000_000]);

    await dataplane.databases.setPassword(restored, 'owner', 'second');
    expect(await numbers(place.address, 'orders', 'second')).toEqual(held);
    await expect(numbers(place.address, 'orders')).rejects.toThrow('password authentication failed');
    await dataplane.databases.destroy(restored);
    expect(await dataplane.databases.answers(restored)).toBe(false);
  });

  test('a stopped database keeps its rows and does not answer', async () => {
    await query(address, 'create table kept (n int); insert into kept values (1)');
    await dataplane.databases.stop(source);
    expect(await dataplane.databases.answers(source)).toBe(false);
    await dataplane.databases.start(source);
    await dataplane.databases.reboot(source);
    expect(await dataplane.databases.answers(source)).toBe(true);
    expect(await numbers(address, 'kept')).toEqual([1]);
  });

  test('the master user owns the database but is no superuser', async () => {
    const roles = `select rolsuper, pg_has_role(current_user, 'rds_superuser', 'member') as rds from pg_roles where rolname = current_user`;
    expect(await query(address, roles)).toEqual([{ rolsuper: false, rds: true }]);
  });

  test('snapshots share what has not changed, cost little more than what has, and each stands when the others are gone', async () => {
    const database = key('eu-west-1', 'db-often');
    const host = await created(database);
    const folder = (region: string, id: string): string =>
      join(dataplane.directory, 'postgres', region, 'snapshots', encodeURIComponent(`${account}.${id}`));
    const hours = [1, 2, 3];
    await query(host, 'create table orders (n int)');
    for (const hour of hours) {
      await query(host, `insert into orders values (${hour})`);
      const { bytes } = await dataplane.databases.snapshot(database, key('eu-west-1', `hour-${hour}`));
      expect(bytes).toBeGreaterThan(10_000_000);
      await dataplane.databases.copySnapshot(key('eu-west-1', `hour-${hour}`), key('eu-central-1', `hour-${hour}`));
    }
    const all = hours.flatMap((hour) => [folder('eu-west-1', `hour-${hour}`), folder('eu-central-1', `hour-${hour}`)]);
    expect(diskUse(all)).toBeLessThan(60_000_000);

    for (const hour of [1, 2]) await dataplane.databases.deleteSnapshot(key('eu-west-1', `hour-${hour}`));
    await query(host, 'delete from orders');
    for (const [region, hour] of [
      ['eu-west-1', 3],
      ['eu-central-1', 2],
    ] as const) {
      const place = placeIn(region);
      await dataplane.databases.restore(key(region, `hour-${hour}`), key(region, `db-hour-${hour}`), place);
      expect(await numbers(place.address, 'orders')).toEqual(upTo(hour));
      await query(place.address, 'insert into orders values (100)');
    }
  });

  test('a lost region takes its databases and snapshots along, moved out of reach; only a completed copy elsewhere remains', async () => {
    const [lost, snapshot] = [key('ca-west-1', 'db-lost'), key('ca-west-1', 'snapshot-lost')];
    const host = await created(lost);
    await query(host, 'create table orders (n int); insert into orders values (1)');
    await dataplane.databases.snapshot(lost, snapshot);
    await query(host, 'insert into orders values (2)');
    await dataplane.databases.copySnapshot(snapshot, key('ca-central-1', 'copy'));
    const client = connection(host, 'first');
    await client.connect();
    const cut = new Promise((resolve) => client.once('end', resolve));

    await dataplane.loseRegion('ca-west-1');
    await cut;
    await expect(numbers(host, 'orders')).rejects.toThrow('ECONNREFUSED');
    expect(await dataplane.databases.answers(lost)).toBe(false);
    expect(await dataplane.databases.answers(source)).toBe(true);
    const data = join(dataplane.directory, 'postgres');
    expect(existsSync(join(data, 'ca-west-1'))).toBe(false);
    expect(existsSync(join(data, 'lost', 'ca-west-1', 'databases', `${account}.db-lost`, 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(data, 'lost', 'ca-west-1', 'snapshots', `${account}.snapshot-lost`, 'backup_label'))).toBe(true);
    await expect(dataplane.databases.copySnapshot(snapshot, key('ca-central-1', 'late'))).rejects.toThrow('ca-west-1 is lost');
    await expect(dataplane.databases.restore(snapshot, lost, placeIn('ca-west-1'))).rejects.toThrow('ca-west-1 is lost');

    const place = placeIn('ca-central-1');
    await dataplane.databases.restore(key('ca-central-1', 'copy'), key('ca-central-1', 'db-again'), place);
    expect(await numbers(place.address, 'orders')).toEqual([1]);
  });
});
