import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { DataKey } from '../../../twin/world/dataplane.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

const key = (region: string, id: string): DataKey => ({ account: '111122223333', region, id });
const [source, base, log] = [key('eu-west-1', 'db-source'), key('eu-west-1', 'base'), key('eu-west-1', 'log')];
let dataplane: TemporaryDataplane;
let address: string;
beforeAll(async () => {
  dataplane = await temporaryDataplane();
  address = await create(source);
});
afterAll(() => dataplane.close());

const placeIn = (region: string) => ({ address: dataplane.network.allocateAddress(region), port: 5432 });
const create = async (database: DataKey): Promise<string> => {
  const place = placeIn(database.region);
  await dataplane.databases.create(database, { ...place, masterUsername: 'owner', masterPassword: 'first', databaseName: 'shop' });
  await query(place.address, 'create table orders (n int)');
  return place.address;
};
const query = async (host: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ host, port: dataplane.servedPort(5432), user: 'owner', password: 'first', database: 'shop' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
const orders = async (host: string): Promise<unknown[]> => (await query(host, 'select n from orders order by n')).map(({ n }) => n);
const insert = (host: string, n: number): Promise<unknown> => query(host, `insert into orders values (${n})`);
const recovered = async (from: { log: DataKey; instant: number; snapshot?: DataKey }, id: string): Promise<string> => {
  const place = placeIn(from.log.region);
  await dataplane.databases.recover({ snapshot: base, ...from }, key(from.log.region, id), place);
  return place.address;
};
const eventually = async (look: () => Promise<unknown[]>, expected: unknown[]): Promise<void> => {
  for (const began = performance.now(); performance.now() - began < 5000;) if ((await look()).length >= expected.length) break;
  expect(await look()).toEqual(expected);
};

describe('real databases through time', () => {
  test('a database comes back as of an instant of the world: what was committed until then is there, what came a second later is gone', async () => {
    await dataplane.databases.shipLog(source, log);
    await dataplane.databases.snapshot(source, base);
    const instants: number[] = [];
    for (const n of [1, 2, 3, 4]) {
      dataplane.pass(1);
      await insert(address, n);
      instants.push(dataplane.clock.now);
    }
    dataplane.pass(600);
    await dataplane.databases.shipLog(source, log);
    const one = await recovered({ log, instant: instants[0]! }, 'db-one');
    const three = await recovered({ log, instant: instants[2]! }, 'db-three');
    expect([await orders(one), await orders(three)]).toEqual([[1], [1, 2, 3]]);
    // Each lives on by itself, and so does the source.
    await insert(one, 100);
    await dataplane.databases.reboot(key('eu-west-1', 'db-one'));
    expect(await orders(one)).toEqual([1, 100]);
    expect(await orders(address)).toEqual([1, 2, 3, 4]);
  });

  test('a log copied to another region outlives the loss of its own, and tells what was shipped', async () => {
    const [lost, at, copied] = [key('ca-west-1', 'db-lost'), key('ca-west-1', 'base'), key('ca-central-1', 'log')];
    const host = await create(lost);
    await dataplane.databases.shipLog(lost, key('ca-west-1', 'log'));
    await dataplane.databases.snapshot(lost, at);
    await dataplane.databases.copySnapshot(at, key('ca-central-1', 'base'));
    await insert(host, 1);
    for (let shipped = 0; shipped < 2; shipped++) {
      await insert(host, 2 + shipped);
      await dataplane.databases.shipLog(lost, key('ca-west-1', 'log'));
      await dataplane.databases.copyLog(key('ca-west-1', 'log'), copied);
      dataplane.pass(300);
    }
    await insert(host, 4);
    await dataplane.loseRegion('ca-west-1');
    const instant = dataplane.clock.now;
    const back = await recovered({ log: copied, instant, snapshot: key('ca-central-1', 'base') }, 'db-back');
    expect(await orders(back)).toEqual([1, 2, 3]);
  });

  test('a replica follows its primary, refuses writes, and takes them once promoted, though the primary is lost', async () => {
    const [primary, replica] = [key('us-west-2', 'db-primary'), key('us-east-2', 'db-replica')];
    const host = await create(primary);
    await insert(host, 1);
    const place = placeIn('us-east-2');
    await dataplane.databases.replicate(primary, replica, place);
    await insert(host, 2);
    await eventually(() => orders(place.address), [1, 2]);
    await expect(insert(place.address, 3)).rejects.toThrow('read-only transaction');
    await dataplane.databases.stop(replica);
    await insert(host, 3);
    await dataplane.databases.start(replica);
    await eventually(() => orders(place.address), [1, 2, 3]);
    await dataplane.loseRegion('us-west-2');
    await expect(insert(place.address, 4)).rejects.toThrow('read-only transaction');
    await dataplane.databases.promote(replica);
    await insert(place.address, 4);
    await dataplane.databases.reboot(replica);
    expect(await orders(place.address)).toEqual([1, 2, 3, 4]);
  });

  test('a promoted replica and its former primary go separate ways, and either can be backed up to any moment', async () => {
    const [primary, replica] = [key('eu-west-1', 'db-primary'), key('eu-west-1', 'db-promoted')];
    const host = await create(primary);
    const place = placeIn('eu-west-1');
    await dataplane.databases.replicate(primary, replica, place);
    await dataplane.databases.promote(replica);
    await dataplane.databases.shipLog(replica, key('eu-west-1', 'log-promoted'));
    await dataplane.databases.snapshot(replica, key('eu-west-1', 'base-promoted'));
    dataplane.pass(1);
    await insert(place.address, 50);
    const instant = dataplane.clock.now;
    dataplane.pass(1);
    await insert(place.address, 60);
    await insert(host, 70);
    await dataplane.databases.shipLog(replica, key('eu-west-1', 'log-promoted'));
    const from = { snapshot: key('eu-west-1', 'base-promoted'), log: key('eu-west-1', 'log-promoted'), instant };
    expect(await orders(await recovered(from, 'db-again'))).toEqual([50]);
    expect(await orders(host)).toEqual([70]);
  });
});
