import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { images } from '../../../twin/images/index.js';
import type { DataKey } from '../../../twin/world/dataplane.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';
import { witnessBucket } from '../../helpers/witness-bucket.js';

const account = '111122223333';
const region = 'eu-west-1';
const database: DataKey = { account, region, id: 'db-orders' };
const databaseHost = 'orders.abc.eu-west-1.rds.amazonaws.com';
let dataplane: TemporaryDataplane;
let witness: Awaited<ReturnType<typeof witnessBucket>>;
beforeAll(async () => {
  witness = await witnessBucket();
  dataplane = await temporaryDataplane(witness.endpoint);
});
afterAll(async () => {
  await dataplane.close();
  witness.close();
});

const query = async (host: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ host, port: dataplane.servedPort(5432), user: 'web', password: 'secret', database: 'shop' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
/** The web application of dublin, as a task. */
const application = async (id: string) => {
  const address = dataplane.network.allocateAddress(region);
  const exits: (number | null)[] = [];
  await dataplane.tasks.run(id, {
    ...{ region, account, address, image: `sample-web-application@${images[0]!.digest}`, onLine: () => undefined },
    environment: {
      ...{ PORT: '8080', SITE: 'dublin', FENCE_LEASE_SECONDS: '30' },
      ...{ DATABASE_HOST: databaseHost, DATABASE_PORT: '5432', DATABASE_NAME: 'shop', DATABASE_USER: 'web', DATABASE_PASSWORD: 'secret' },
      ...{ WITNESS_BUCKET: 'witness', WITNESS_REGION: 'eu-west-3', EPOCH_KEY: 'epoch.json' },
    },
    onExit: (code) => exits.push(code),
  });
  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(`http://${address}:${dataplane.servedPort(8080)}${path}`, init);
    return { status: response.status, ...((await response.json()) as object) };
  };
  return { exits, ask, place: (order: string) => ask('/orders', { method: 'POST', body: JSON.stringify({ id: order, item: 'x' }) }) };
};

test('a region returns with rows that nobody else has, its load balancers listen, and its site may not write once the epoch has moved on', async () => {
  witness.epoch = { epoch: 1, writer: 'dublin', raisedBy: 'deploy' };
  const address = dataplane.network.allocateAddress(region);
  await dataplane.databases.create(database, {
    address,
    hostname: databaseHost,
    port: 5432,
    masterUsername: 'web',
    masterPassword: 'secret',
    databaseName: 'shop',
  });
  dataplane.network.announce(databaseHost, [address]);
  const before = await application('task-before');
  await before.place('order-000001');
  const snapshot = { account, region, id: 'snapshot-first' };
  const copy = { account, region: 'eu-central-1', id: 'snapshot-copy' };
  await dataplane.databases.snapshot(database, snapshot);
  await dataplane.databases.copySnapshot(snapshot, copy);
  expect(await before.place('order-000002')).toMatchObject({ status: 201 });

  const target = createServer((_request, response) => response.end('dublin')).listen(dataplane.servedPort(8080), '127.0.0.1');
  await once(target, 'listening');
  const front = dataplane.network.allocateAddress(region);
  const listeners = [{ port: 8090, targets: () => [{ address: '127.0.0.1', port: 8080 }] }];
  await dataplane.loadBalancers.open('web', { region, address: front, listeners });
  const get = async () => (await fetch(`http://${front}:${dataplane.servedPort(8090)}/`)).text();
  expect(await get()).toBe('dublin');

  await dataplane.loseRegion(region);
  await expect(get()).rejects.toThrow('fetch failed');
  expect(before.exits).toEqual([]);
  const place = { address: dataplane.network.allocateAddress('eu-central-1'), port: 5432 };
  await dataplane.databases.restore(copy, { account, region: 'eu-central-1', id: 'db-restored' }, place);
  witness.epoch = { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' };
  dataplane.pass(3600);
  await dataplane.returnRegion(region);

  expect(before.exits).toEqual([137]);
  expect(await get()).toBe('dublin');
  target.close();
  const rows = 'select id from orders order by id';
  expect(await query(address, rows)).toEqual([{ id: 'order-000001' }, { id: 'order-000002' }]);
  expect(await query(place.address, rows)).toEqual([{ id: 'order-000001' }]);
  expect(dataplane.databases.snapshotsIn(region)).toEqual([snapshot]);

  const after = await application('task-after');
  expect(await after.ask('/info')).toMatchObject({ writable: false, reason: 'epoch 2 belongs to frankfurt' });
  expect(await after.place('order-000003')).toMatchObject({ status: 503, error: 'read-only' });
  expect(await after.ask('/orders/count')).toMatchObject({ count: 2 });
});

test('what was stopped when its region went is stopped when it returns, and a region may go again', async () => {
  const stopped = { account, region: 'ca-west-1', id: 'db-stopped' };
  const spec = { address: dataplane.network.allocateAddress('ca-west-1'), port: 5432 };
  await dataplane.databases.create(stopped, { ...spec, masterUsername: 'web', masterPassword: 'secret', databaseName: 'shop' });
  await query(spec.address, 'create table kept (n int)');
  await dataplane.databases.stop(stopped);
  for (const round of [1, 2]) {
    await dataplane.loseRegion('ca-west-1');
    await expect(dataplane.databases.start(stopped)).rejects.toThrow('ca-west-1 is lost');
    await dataplane.returnRegion('ca-west-1');
    expect([round, await dataplane.databases.answers(stopped)]).toEqual([round, false]);
  }
  await dataplane.databases.start(stopped);
  expect(await query(spec.address, 'select * from kept')).toEqual([]);
});
