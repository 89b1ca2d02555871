import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { network } from '../../../recovery/adapters/network.js';
import { CertificateAuthority } from '../../../twin/dataplane/certificate-authority.js';
import { serveDns } from '../../../twin/dataplane/dns-server.js';
import { freePort } from '../../acceptance/support/altsite.js';

const folder = mkdtempSync(join(tmpdir(), 'altsite-network-'));
const rehearsing = { zone: 'ambassify.example', authority: join(folder, 'ours.pem'), privilegedPortOffset: 0, loopbackOnly: true };
const asked = { host: 'www.ambassify.example', port: 443, path: '/' };

describe('the network of a rehearsal', () => {
  it('asks no name server of this machine where the emulator has none', async () => {
    const nowhere = network({ ...rehearsing, authoritative: [], resolvers: [] });
    await expect(nowhere.https(asked)).rejects.toMatchObject({ kind: 'transient', code: 'no-answer' });
    expect(await nowhere.resolve(asked.host)).toEqual([]);
  });

  it('refuses a name server that is not on loopback', async () => {
    const real = network({ ...rehearsing, authoritative: ['192.0.2.53:53'], resolvers: ['192.0.2.53:53'] });
    await expect(real.https(asked)).rejects.toMatchObject({ code: 'not-loopback' });
    expect((await real.resolve(asked.host)).map(({ error }) => error)).toEqual(['not-loopback', 'not-loopback']);
  });
});

describe('a web server that is asked by name', () => {
  let server: Server;
  let names: Awaited<ReturnType<typeof serveDns>>;
  let resolver: string;
  let port: number;
  /** The whole certificate authority that signed, with a certificate for one name, and the file clients trust it by. */
  const authority = (file: string) => new CertificateAuthority(join(folder, file));
  const certificate = {
    id: 'one',
    names: ['www.ambassify.example'],
    keyAlgorithm: 'RSA_2048',
    notAfter: Date.parse('2060-01-01T00:00:00Z'),
  };

  beforeAll(async () => {
    server = createServer(authority('ours.pem').issue(certificate), ({ headers, method }, response) =>
      response.writeHead(207).end(`${method} ${headers.host}`),
    );
    authority('theirs.pem').issue(certificate);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    const dnsPort = await freePort();
    resolver = `127.0.0.1:${dnsPort}`;
    names = await serveDns({
      address: '127.0.0.1',
      port: dnsPort,
      role: 'resolver',
      log: () => undefined,
      answer: (name, type) => ({
        rcode: 'NOERROR',
        answers: type === 'A' ? [{ name, type, ttl: 60, data: '127.0.0.1' }] : [],
        authority: [],
      }),
    });
  });
  afterAll(async () => {
    server.close();
    await names.close();
  });
  const get = (host: string, trusted: string) =>
    network({ ...rehearsing, authority: join(folder, trusted), authoritative: [], resolvers: [resolver] }).https({ host, port, path: '/' });

  it('answers when its certificate is of that name and of the authority that is trusted', async () => {
    expect(await get('www.ambassify.example', 'ours.pem')).toEqual({ status: 207, body: 'GET www.ambassify.example' });
  });

  it.each([
    ['its certificate is of another name', 'dublin.origin.ambassify.example', 'ours.pem', /does not match certificate's altnames/],
    ['its certificate is of an authority that is not trusted', 'www.ambassify.example', 'theirs.pem', /certificate/],
    ['there is no authority to trust', 'www.ambassify.example', 'missing.pem', /no certificate authority to trust yet/],
  ])('gives no answer when %s', async (_why, host, trusted, said) => {
    await expect(get(host, trusted)).rejects.toMatchObject({
      kind: 'transient',
      code: 'no-answer',
      message: expect.stringMatching(said) as unknown,
    });
  });
});
