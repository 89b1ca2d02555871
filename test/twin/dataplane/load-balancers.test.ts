import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { CertificateAuthority } from '../../../twin/dataplane/certificate-authority.js';
import { HttpLoadBalancers } from '../../../twin/dataplane/load-balancers.js';
import { claimLoopbackRange, type LoopbackRange } from '../../../twin/dataplane/loopback-range.js';

const port = 8081;
let range: LoopbackRange;
let balancers: HttpLoadBalancers;
const servers: { close: () => void }[] = [];
beforeAll(async () => {
  range = await claimLoopbackRange(() => undefined, []);
  balancers = new HttpLoadBalancers({ servedPort: (each) => each, targetTimeoutMs: 150, authority: new CertificateAuthority('/dev/null') });
});
afterAll(async () => {
  await balancers.closeAll();
  for (const server of servers) server.close();
  range.release();
});

const target = async (answer: RequestListener) => {
  const server: Server = createServer(answer);
  servers.push({ close: () => (server.close(), server.closeAllConnections()) });
  const address = range.allocate('targets');
  server.listen(port, address);
  await once(server, 'listening');
  return { address, port };
};
const balance = async (targets: () => { address: string; port: number }[]): Promise<string> => {
  const address = range.allocate('balancers');
  await balancers.open(address, { region: 'eu-west-1', address, listeners: [{ port, targets }] });
  return `http://${address}:${port}`;
};
const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

describe('a load balancer', () => {
  test('sends requests to each target in turn, with body and the client in X-Forwarded-For', async () => {
    const echo =
      (name: string): RequestListener =>
      (request, response) => {
        void (async () => {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          const { 'x-forwarded-for': from, 'x-forwarded-port': at, host } = request.headers;
          response.writeHead(201, { 'x-name': name }).end(JSON.stringify({ name, from, at, host, body: Buffer.concat(chunks).toString() }));
        })();
      };
    const targets = [await target(echo('a')), await target(echo('b'))];
    const url = await balance(() => targets);
    const answers: Record<string, string>[] = [];
    for (let index = 0; index < 4; index++) {
      const response = await fetch(`${url}/orders?x=1`, {
        method: 'POST',
        body: 'hello',
        headers: { 'x-forwarded-for': '192.0.2.1' },
      });
      expect(response.status).toBe(201);
      answers.push(JSON.parse(await response.text()) as Record<string, string>);
    }
    expect(answers.map(({ name }) => name)).toEqual(['a', 'b', 'a', 'b']);
    expect(answers[0]).toMatchObject({
      body: 'hello',
      from: expect.stringMatching(/^192\.0\.2\.1, 127\./),
      at: String(port),
      host: url.slice(7),
    });
  });

  test('answers 503 while no target may be sent to, and asks again at every request', async () => {
    const real = await target((_, response) => response.end('ok'));
    let targets: { address: string; port: number }[] = [];
    const url = await balance(() => targets);
    const refused = await fetch(url);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('server')).toBe('awselb/2.0');
    targets = [real];
    expect(await statusOf(url)).toBe(200);
  });

  test('answers 502 when the target refuses or hangs up', async () => {
    const hangsUp = await target((request) => request.socket.destroy());
    expect(await statusOf(await balance(() => [hangsUp]))).toBe(502);
    const nobody = { address: range.allocate('targets'), port };
    expect(await statusOf(await balance(() => [nobody]))).toBe(502);
  });

  test('answers 504 when the target does not answer in time', async () => {
    const silent = createTcpServer(() => undefined);
    const address = range.allocate('targets');
    silent.listen(port, address);
    servers.push(silent);
    await once(silent, 'listening');
    expect(await statusOf(await balance(() => [{ address, port }]))).toBe(504);
  });

  test('refuses connections once it is closed, also those kept alive', async () => {
    const url = await balance(() => []);
    expect(await statusOf(url)).toBe(503);
    await balancers.close(new URL(url).hostname);
    await expect(fetch(url)).rejects.toThrow();
  });
});
