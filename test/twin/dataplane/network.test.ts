import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { findPostgresHome } from '../../../twin/dataplane/postgres-home.js';
import { newFolder, temporaryDataplane, type TemporaryDataplane } from '../../helpers/temporary-dataplane.js';

let dataplane: TemporaryDataplane;
const door = createServer((request, response) => response.end(`${request.headers.host} ${request.url} ${'x'.repeat(6000)}`));
beforeAll(async () => {
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  dataplane = await temporaryDataplane(`http://127.0.0.1:${(door.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await dataplane.close();
  door.close();
});

describe('a probe', () => {
  const timeoutMs = 300;

  test("of an object in S3 reaches the twin's door with the bucket's name, and brings the first 5,120 bytes", async () => {
    const host = 'switch.s3.eu-central-1.amazonaws.com';
    const result = await dataplane.network.probe({ protocol: 'https', host, port: 443, path: '/cut-over', timeoutMs, wantBody: true });
    expect(result).toMatchObject({ reached: true, status: 200 });
    expect(result.body).toMatch(/^switch\.s3\.eu-central-1\.amazonaws\.com \/cut-over x+$/);
    expect(result.body).toHaveLength(5120);
  });

  test('finds its target by a name in a hosted zone, through its alias', async () => {
    const address = dataplane.network.allocateAddress('eu-west-1');
    const server = createServer((request, response) => response.writeHead(207).end(request.headers.host)).listen(8082, address);
    await once(server, 'listening');
    dataplane.network.announce('shop-1.eu-west-1.elb.amazonaws.com', [address]);
    dataplane.dns.serve((name) => ({
      rcode: 'NOERROR',
      answers: [{ name, type: 'CNAME', ttl: 60, data: 'shop-1.eu-west-1.elb.amazonaws.com' }],
    }));
    const target = { protocol: 'http', host: 'www.example.com', port: 8082, timeoutMs } as const;
    expect(await dataplane.network.probe({ ...target, wantBody: true })).toEqual({ reached: true, status: 207, body: 'www.example.com' });
    expect(await dataplane.network.probe({ ...target, protocol: 'tcp' })).toEqual({ reached: true });
    expect(await dataplane.network.probe({ ...target, protocol: 'https' })).toMatchObject({ reached: false });
    server.close();
  });

  test('says why it reached nothing, and does not throw', async () => {
    const host = dataplane.network.allocateAddress('eu-west-1');
    const target = { protocol: 'http', port: 8083, timeoutMs } as const;
    expect(await dataplane.network.probe({ ...target, host })).toMatchObject({
      reached: false,
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await dataplane.network.probe({ ...target, host: 'gone.eu-west-1.elb.amazonaws.com' })).toMatchObject({
      reached: false,
      reason: expect.stringContaining('no address'),
    });
    const silent = createServer(() => undefined).listen(8083, host);
    await once(silent, 'listening');
    expect(await dataplane.network.probe({ ...target, host })).toEqual({ reached: false, reason: 'no answer in 300 ms' });
    silent.close();
    silent.closeAllConnections();
  });
});

describe("PostgreSQL's home", () => {
  const asRoot = process.getuid?.() === 0;

  test('is outside a folder that root alone can enter, and says so; an ordinary user keeps it inside', async () => {
    const folder = await newFolder(0o700);
    const log: string[] = [];
    const home = findPostgresHome(folder, (line) => log.push(line));
    expect(home.data.startsWith(folder)).toBe(!asRoot);
    expect(log.some((line) => line.includes('database files are in'))).toBe(asRoot);
    expect(existsSync(home.data)).toBe(true);
    if (home.temporaryData !== undefined) await rm(home.temporaryData, { recursive: true });
    await rm(folder, { recursive: true });
  });
});
