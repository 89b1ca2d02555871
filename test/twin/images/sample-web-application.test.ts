import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { images } from '../../../twin/images/index.js';
import type { DataKey } from '../../../twin/world/dataplane.js';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';
import { witnessBucket } from '../../helpers/witness-bucket.js';

const programFile = (name: string): string => new URL(`../../../twin/images/sample-web-application/${name}`, import.meta.url).href;
const region = 'eu-west-1';
const account = '111122223333';
const databaseHost = 'db-1.abc.eu-west-1.rds.amazonaws.com';
const database: DataKey = { account, region, id: 'db-1' };
const leaseSeconds = 30;

let witness: Awaited<ReturnType<typeof witnessBucket>>;
let dataplane: TemporaryDataplane;
beforeAll(async () => {
  witness = await witnessBucket();
  dataplane = await temporaryDataplane(witness.endpoint);
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
});
afterAll(async () => {
  await dataplane.close();
  witness.close();
});

let tasks = 0;
let orders = 0;
const newOrder = (): string => `order-${String(++orders).padStart(6, '0')}`;
beforeEach(() => {
  witness.broken = false;
  witness.epoch = { epoch: 1, writer: 'dublin', raisedBy: 'deploy' };
});

interface Fence {
  readonly ask: () => Promise<{ writable: boolean }>;
  readonly holds: () => { writable: boolean };
}
interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
/** Runs the application as a task; the answers of its routes, and what it logs. */
const application = async (environment: Record<string, string> = {}) => {
  const id = `task-${++tasks}`;
  const address = dataplane.network.allocateAddress(region);
  const lines: string[] = [];
  const exits: (number | null)[] = [];
  await dataplane.tasks.run(id, {
    region,
    account,
    address,
    image: `sample-web-application@${images[0]!.digest}`,
    environment: {
      PORT: '8080',
      SITE: 'dublin',
      DATABASE_HOST: databaseHost,
      DATABASE_PORT: '5432',
      DATABASE_NAME: 'shop',
      DATABASE_USER: 'web',
      DATABASE_PASSWORD: 'secret',
      WITNESS_BUCKET: 'witness',
      WITNESS_REGION: 'eu-west-3',
      EPOCH_KEY: 'epoch.json',
      FENCE_LEASE_SECONDS: String(leaseSeconds),
      ...environment,
    },
    onLine: (line) => lines.push(line),
    onExit: (code) => exits.push(code),
  });
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`http://${address}:${dataplane.servedPort(8080)}${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const place = (order = newOrder()) => ask('/orders', { method: 'POST', body: JSON.stringify({ id: order, item: 'x' }) });
  return { id, lines, exits, get: (path: string) => ask(path), place, stop: () => dataplane.tasks.stop(id) };
};
const readOnly = (reason: RegExp) => ({ status: 503, body: { error: 'read-only', reason: expect.stringMatching(reason) as unknown } });

describe('the sample web application', () => {
  test('places orders, lists them in pages and counts them', async () => {
    const app = await application();
    const before = Number((await app.get('/orders/count')).body.count);
    const [first, second] = [newOrder(), newOrder()];
    expect(await app.place(first)).toEqual({ status: 201, body: { id: first, site: 'dublin' } });
    expect((await app.place(second)).status).toBe(201);
    expect((await app.place(second)).status).toBe(200);
    expect((await app.get('/orders/count')).body.count).toBe(before + 2);
    expect((await app.get(`/orders?after=${first}`)).body).toEqual({ ids: [second], next: null });
    expect((await app.place('not an id')).status).toBe(400);
    expect(await app.get('/sql-check')).toEqual({
      status: 200,
      body: { read: true, write: true, rows: before + 2, engineVersion: '18.4' },
    });
    expect((await app.get('/orders/count')).body.count).toBe(before + 2);
    expect((await app.get('/info')).body).toMatchObject({
      site: 'dublin',
      epoch: 1,
      writable: true,
      database: 'reachable',
      engineVersion: '18.4',
    });
    await app.stop();
    expect(app.exits).toEqual([0]);
  });

  test('tells a database that speaks no TLS nothing, unless it is told to', async () => {
    const clear = 'clear.abc.eu-west-1.rds.amazonaws.com';
    const address = dataplane.network.allocateAddress(region);
    const owner = { masterUsername: 'web', masterPassword: 'secret', databaseName: 'shop' };
    await dataplane.databases.create({ ...database, id: 'clear' }, { address, port: 5432, ...owner });
    dataplane.network.announce(clear, [address]);
    const careful = await application({ DATABASE_HOST: clear });
    expect((await careful.get('/health')).status).toBe(503);
    const told = await application({ DATABASE_HOST: clear, DATABASE_SSL: 'off' });
    expect((await told.get('/health')).status).toBe(200);
    await Promise.all([careful.stop(), told.stop()]);
  });

  test('turns read-only when its lease has run out and the witness cannot be read', async () => {
    const app = await application();
    expect((await app.place()).status).toBe(201);
    witness.broken = true;
    dataplane.pass(leaseSeconds - 1);
    expect((await app.place()).status).toBe(201);
    dataplane.pass(1);
    expect(await app.place()).toEqual(readOnly(/lease on epoch 1 has expired.*503/));
    expect((await app.get('/health')).status).toBe(200);
    witness.broken = false;
    expect((await app.place()).status).toBe(201);
    await app.stop();
  });

  test('stops writing when the epoch is raised for another site, and writes again when it is its turn', async () => {
    const app = await application();
    expect((await app.place()).status).toBe(201);
    witness.epoch = { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' };
    expect((await app.place()).status).toBe(201); // its lease still holds: whoever raised the epoch waits it out
    dataplane.pass(leaseSeconds / 2);
    expect(await app.place()).toEqual(readOnly(/epoch 2 belongs to frankfurt/));
    witness.epoch = { epoch: 1, writer: 'dublin', raisedBy: 'deploy' };
    expect(await app.place()).toEqual(readOnly(/older than 2/));
    witness.epoch = { epoch: 3, writer: null, raisedBy: 'run-2' };
    expect(await app.place()).toEqual(readOnly(/epoch 3 belongs to nobody/));
    witness.epoch = { epoch: 4, writer: 'dublin', raisedBy: 'run-3' };
    expect((await app.place()).status).toBe(201);
    await app.stop();
  });

  test('sets the first epoch at the home site only', async () => {
    witness.epoch = undefined;
    const away = await application({ SITE: 'frankfurt' });
    expect(await away.place()).toEqual(readOnly(/no epoch has been set/));
    expect(witness.epoch).toBeUndefined();
    const home = await application({ FENCE_CLAIM_FIRST_EPOCH: 'true' });
    expect((await home.place()).status).toBe(201);
    expect(witness.epoch).toEqual({ epoch: 1, writer: 'dublin', raisedBy: 'deploy' });
    expect(witness.requests).toContain('PUT /witness/epoch.json');
    expect(witness.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIA111122223333TWIN\/20300101\/eu-west-3\/s3\/aws4_request,/);
    expect(await away.place()).toEqual(readOnly(/epoch 1 belongs to dublin/));
    await Promise.all([away.stop(), home.stop()]);
  });

  test('is not healthy without a database, nor when its database does not answer', async () => {
    const standby = await application({ DATABASE_HOST: 'none' });
    expect(await standby.get('/health')).toMatchObject({ status: 503, body: { error: 'no-database' } });
    expect((await standby.get('/info')).body).toMatchObject({ database: 'none' });
    const astray = await application({ DATABASE_HOST: 'nowhere.eu-west-1.rds.amazonaws.com' });
    expect(await astray.get('/health')).toMatchObject({ status: 503, body: { reason: expect.stringContaining('ENOTFOUND') as unknown } });
    expect((await astray.get('/info')).body).toMatchObject({ database: 'unreachable' });
    await Promise.all([standby.stop(), astray.stop()]);
  });

  test('logs a canary and every request, one JSON object a line, in world time', async () => {
    const app = await application();
    await app.get('/canary?token=bird-42');
    await app.stop();
    const logged = app.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged).toContainEqual({ at: new Date(dataplane.clock.now).toISOString(), event: 'canary', token: 'bird-42' });
    expect(logged).toContainEqual(expect.objectContaining({ event: 'request', method: 'GET', path: '/canary', status: 200 }));
  });

  test('says what its environment lacks and exits', async () => {
    const app = await application({ SITE: '', EPOCH_KEY: '' });
    expect(app.exits).toEqual([1]);
    expect(app.lines.join()).toContain('the environment lacks SITE, EPOCH_KEY');
  });

  test('counts its lease from when it asked, not from when it was answered', async () => {
    const { createFence } = (await import(programFile('fence.mjs'))) as { createFence: (options: object) => Fence };
    let now = 0;
    const slowly = async () => {
      now += 20_000;
      return { epoch: 1, writer: 'dublin', raisedBy: 'deploy' };
    };
    const fence = createFence({ site: 'dublin', leaseSeconds, claimFirstEpoch: false, witness: { read: slowly }, now: () => now });
    expect((await fence.ask()).writable).toBe(true);
    now = 29_999;
    expect(fence.holds().writable).toBe(true);
    now = 30_000;
    expect(fence.holds().writable).toBe(false);
  });

  test("signs requests as AWS's own example does", async () => {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Example: GET Object"
    const { signed } = (await import(programFile('signature.mjs'))) as { signed: (request: object) => { authorization: string } };
    const { authorization } = signed({
      method: 'GET',
      path: '/test.txt',
      headers: { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9' },
      body: '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      at: Date.parse('2013-05-24T00:00:00Z'),
    });
    expect(authorization).toContain('Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });
});
