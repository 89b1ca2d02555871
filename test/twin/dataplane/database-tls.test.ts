import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

const region = 'eu-west-1';
const hostname = 'orders.c0123456789a.eu-west-1.rds.amazonaws.com';
const owner = { masterUsername: 'owner', masterPassword: 'first', databaseName: 'shop' };

let dataplane: TemporaryDataplane;
beforeAll(async () => {
  dataplane = await temporaryDataplane();
});
afterAll(() => dataplane.close());

const created = async (id: string, more: object): Promise<string> => {
  const address = dataplane.network.allocateAddress(region);
  await dataplane.databases.create({ account: '111122223333', region, id }, { address, port: 5432, ...owner, ...more });
  return address;
};
/** Whether the server says that this connection is encrypted. */
const encrypted = (host: string, servername: string): Promise<boolean | undefined> =>
  encryptedBy(host, { ca: readFileSync(dataplane.certificateAuthority, 'utf8'), servername });
const encryptedBy = async (host: string, ssl: pg.ClientConfig['ssl']): Promise<boolean | undefined> => {
  const client = new pg.Client({ host, port: dataplane.servedPort(5432), user: 'owner', password: 'first', database: 'shop', ssl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl;
  } finally {
    await client.end().catch(() => undefined);
  }
};

describe('a database that clients know by name', () => {
  test('speaks TLS with a certificate for that name, signed by the authority, and for no other name', async () => {
    const address = await created('orders', { hostname });
    expect(await encrypted(address, hostname)).toBe(true);
    await expect(encrypted(address, hostname.replace('orders', 'billing'))).rejects.toThrow(/does not match certificate's altnames/);
  });

  test('speaks it again after a restart', async () => {
    const address = await created('again', { hostname });
    await dataplane.databases.reboot({ account: '111122223333', region, id: 'again' });
    expect(await encrypted(address, hostname)).toBe(true);
  });
});

test('a database that requires TLS refuses clear text, also after a restart, until it requires it no more', async () => {
  const key = { account: '111122223333', region, id: 'strict' };
  const address = await created(key.id, { hostname });
  expect(await encryptedBy(address, false)).toBe(false);
  await dataplane.databases.requireTls(key, true);
  await dataplane.databases.reboot(key);
  await expect(encryptedBy(address, false)).rejects.toThrow(/no pg_hba.conf entry for host .* no encryption/);
  expect(await encrypted(address, hostname)).toBe(true);
  expect(await dataplane.databases.answers(key)).toBe(true);
  await dataplane.databases.requireTls(key, false);
  expect(await encryptedBy(address, false)).toBe(false);
});

test('a database without a name speaks no TLS', async () => {
  const address = await created('nameless', {});
  await expect(encryptedBy(address, { rejectUnauthorized: false })).rejects.toThrow('The server does not support SSL connections');
});
