import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServerCertificate } from '../world/dataplane.js';
import { bits, explicit, implicit, integer, octets, oid, sequence, setOf, text, time, truth } from './der.js';

interface Subject {
  readonly commonName: string;
  readonly key: KeyObject;
}
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(spki(key)).digest();
const name = (commonName: string): Buffer => sequence(setOf(sequence(oid('2.5.4.3'), text(commonName))));
const extension = (id: string, value: Uint8Array, critical = false): Buffer =>
  critical ? sequence(oid(id), truth, octets(value)) : sequence(oid(id), octets(value));
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`;

const authorityExtensions = [
  extension('2.5.29.19', sequence(truth), true),
  // keyCertSign and cRLSign.
  extension('2.5.29.15', bits(Buffer.from([0b0000_0110]), 1), true),
];
const serverExtensions = (names: readonly string[]): Buffer[] => [
  extension('2.5.29.19', sequence(), true),
  // digitalSignature and keyEncipherment.
  extension('2.5.29.15', bits(Buffer.from([0b1010_0000]), 5), true),
  extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
  extension('2.5.29.17', sequence(...names.map((each) => implicit(2, Buffer.from(each))))),
];

/**
 * Stands for Amazon Trust Services: makes the keys and X.509 certificates of the twin's HTTPS listeners, signed by a root of its own.
 * Clients look at their own wall clock, which is not the world's, so a certificate is good on the wire from yesterday of the real time
 * until the end it has in the world.
 */
export class CertificateAuthority {
  private root: { readonly subject: Subject; readonly key: KeyObject } | undefined;
  private readonly issued = new Map<string, ServerIdentity>();

  /** `file`: where the root is written, for clients to trust, when the first certificate is made. */
  constructor(private readonly file: string) {}

  issue({ id, names, keyAlgorithm, notAfter }: ServerCertificate): ServerIdentity {
    const before = this.issued.get(id);
    if (before) return before;
    const { subject: issuer, key } = (this.root ??= this.begin());
    const own = keyPair(keyAlgorithm);
    const subject = { commonName: names[0] ?? '', key: own.publicKey };
    const cert = certificate(subject, { ...issuer, sign: key }, new Date(notAfter), serverExtensions(names));
    const identity = { key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(cert) };
    this.issued.set(id, identity);
    return identity;
  }

  private begin(): NonNullable<CertificateAuthority['root']> {
    const { publicKey, privateKey } = keyPair('EC_prime256v1');
    const subject = { commonName: "the twin's certificate authority", key: publicKey };
    const cert = certificate(subject, { ...subject, sign: privateKey }, new Date(Date.now() + 3650 * day), authorityExtensions);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, pem(cert));
    return { subject, key: privateKey };
  }
}

const keyPair = (algorithm: string): { publicKey: KeyObject; privateKey: KeyObject } =>
  algorithm.startsWith('EC_')
    ? generateKeyPairSync('ec', { namedCurve: algorithm.replace('EC_', '') })
    : generateKeyPairSync('rsa', { modulusLength: Number(algorithm.replace('RSA_', '')) });

/** RFC 5280, 4.1. */
const certificate = (subject: Subject, issuer: Subject & { sign: KeyObject }, notAfter: Date, extensions: readonly Buffer[]): Buffer => {
  const keyIds = [extension('2.5.29.14', octets(keyId(subject.key))), extension('2.5.29.35', sequence(implicit(0, keyId(issuer.key))))];
  const content = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name(issuer.commonName),
    sequence(time(new Date(Date.now() - day)), time(notAfter)),
    name(subject.commonName),
    spki(subject.key),
    explicit(3, sequence(...extensions, ...keyIds)),
  );
  return sequence(content, ecdsaWithSha256, bits(sign('sha256', content, issuer.sign)));
};
