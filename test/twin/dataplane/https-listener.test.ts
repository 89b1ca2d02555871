import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { CertificateAuthority } from '../../../twin/dataplane/certificate-authority.js';
import { HttpLoadBalancers } from '../../../twin/dataplane/load-balancers.js';
import { claimLoopbackRange, type LoopbackRange } from '../../../twin/dataplane/loopback-range.js';
import type { LoadBalancerListener } from '../../../twin/world/dataplane.js';

const port = 8443;
const root = join(mkdtempSync(join(tmpdir(), 'altsite-ca-')), 'below', 'ca.pem');
const notAfter = Date.parse('2060-01-01T00:00:00Z');
const tls = (keyAlgorithm: string, more: object = {}): LoadBalancerListener['tls'] => ({
  certificate: { id: keyAlgorithm, names: ['www.example.com', '*.shop.example.com'], keyAlgorithm, notAfter },
  ...{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  ...more,
});
let range: LoopbackRange;
let balancers: HttpLoadBalancers;
let target: Server;
let targetAddress: string;
beforeAll(async () => {
  range = await claimLoopbackRange(() => undefined, []);
  balancers = new HttpLoadBalancers({ servedPort: (each) => each, authority: new CertificateAuthority(root) });
  target = createServer(({ headers }, response) => void response.end(`${String(headers['x-forwarded-proto'])} ${String(headers['host'])}`));
  targetAddress = range.allocate('targets');
  target.listen(8081, targetAddress);
  await once(target, 'listening');
});
afterAll(async () => {
  await balancers.closeAll();
  target.close();
  target.closeAllConnections();
  range.release();
});

const open = async (security: LoadBalancerListener['tls']): Promise<string> => {
  const address = range.allocate('balancers');
  const targets = () => [{ address: targetAddress, port: 8081 }];
  await balancers.open(address, { region: 'eu-west-1', address, listeners: [{ port, targets, tls: security }] });
  return address;
};
/** A request by somebody who trusts the twin's root and nobody else. */
const get = (address: string, servername: string, options: object = {}) =>
  new Promise<{ body: string; certificate: X509Certificate; protocol: string | null }>((resolve, reject) => {
    const headers = { host: servername };
    const sent = request({ host: address, port, servername, headers, ca: readFileSync(root), agent: false, ...options }, (response) => {
      const socket = response.socket as TLSSocket;
      const certificate = socket.getPeerX509Certificate()!;
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ body, certificate, protocol: socket.getProtocol() }));
    });
    sent.on('error', reject);
    sent.end();
  });

describe('an HTTPS listener', () => {
  test.each(['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'])('serves TLS that a client verifies, with a key of %s', async (keyAlgorithm) => {
    const address = await open(tls(keyAlgorithm));
    const { body, certificate, protocol } = await get(address, 'www.example.com');
    expect({ body, protocol }).toEqual({ body: 'https www.example.com', protocol: 'TLSv1.3' });
    expect(certificate.subjectAltName).toBe('DNS:www.example.com, DNS:*.shop.example.com');
    expect(certificate.publicKey.asymmetricKeyType).toBe(keyAlgorithm.startsWith('EC') ? 'ec' : 'rsa');
    expect(new Date(certificate.validTo).getTime()).toBe(notAfter);
    expect(certificate.verify(new X509Certificate(readFileSync(root)).publicKey)).toBe(true);
    expect((await get(address, 'a.shop.example.com')).body).toBe('https a.shop.example.com');
  });

  test('is not believed under another name, nor without the root', async () => {
    const address = await open(tls('EC_prime256v1'));
    await expect(get(address, 'www.example.org')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    await expect(get(address, 'www.example.com', { ca: undefined })).rejects.toThrow(/certificate/);
  });

  test('refuses versions of TLS that its policy does not have', async () => {
    const address = await open(tls('EC_prime256v1', { minVersion: 'TLSv1.3' }));
    await expect(get(address, 'www.example.com', { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
  });

  test('has one key for a certificate however often it is opened', async () => {
    const [one, other] = await Promise.all([open(tls('EC_prime256v1')), open(tls('EC_prime256v1'))]);
    const [first, second] = [await get(one, 'www.example.com'), await get(other, 'www.example.com')];
    expect(first.certificate.fingerprint256).toBe(second.certificate.fingerprint256);
  });
});
