import type * as Acm from '@aws-sdk/client-acm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { acmRecords, invalid, type CertificateRecord } from './records.js';
import { tagsOf } from './tags.js';
import { beginValidation, validationOf } from './validation.js';

const domain = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;
/** Quota: names in one certificate, unless raised. */
const namesAtMost = 10;
/** RequestCertificate takes these; the other algorithms are of imported certificates. */
const keyAlgorithms: readonly Acm.KeyAlgorithm[] = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'];
/** Within an hour one token and one request give one certificate. Milliseconds. */
const tokenLives = 3_600_000;

/** Asks for a public certificate that is proven by DNS. Anything else that can be asked for is refused by name. */
export const request = (input: Acm.RequestCertificateRequest, ctx: Context): string => {
  accept('acm.RequestCertificate', input, [
    ...(['DomainName', 'ValidationMethod', 'SubjectAlternativeNames', 'IdempotencyToken', 'Options', 'Tags', 'KeyAlgorithm'] as const),
  ]);
  if (input.ValidationMethod !== 'DNS')
    accept('acm.RequestCertificate', { [`ValidationMethod ${input.ValidationMethod ?? 'EMAIL, the default'}`]: true }, []);
  const options = { CertificateTransparencyLoggingPreference: 'ENABLED' as const, ...given(input.Options) };
  if (options.Export === 'ENABLED') accept('acm.RequestCertificate', { 'Options.Export': true }, []);
  const names = [
    ...new Set([need(input.DomainName, 'DomainName'), ...(input.SubjectAlternativeNames ?? [])].map((name) => name.toLowerCase())),
  ];
  checkNames(names);
  const keyAlgorithm = input.KeyAlgorithm ?? 'RSA_2048';
  if (!keyAlgorithms.includes(keyAlgorithm))
    throw invalid(`The key algorithm ${keyAlgorithm} cannot be requested; use ${keyAlgorithms.join(', ')}.`);

  const { certificates, requests } = ctx.state(acmRecords);
  const asked = JSON.stringify([names, keyAlgorithm, options]);
  const before = requests.get(input.IdempotencyToken ?? '');
  if (before?.asked === asked && ctx.now() - before.at < tokenLives && certificates.has(before.arn)) return before.arn;
  const certificate: CertificateRecord = {
    arn: `arn:aws:acm:${ctx.region}:${ctx.account}:certificate/${freshUuid(ctx, 'acm')}`,
    domainName: names[0]!,
    names,
    keyAlgorithm,
    options,
    createdAt: ctx.date(),
    validations: names.map((name) => validationOf(name, ctx)),
    tags: tagsOf(input.Tags),
    status: 'PENDING_VALIDATION',
  };
  certificates.set(certificate.arn, certificate);
  if (input.IdempotencyToken) requests.set(input.IdempotencyToken, { asked, at: ctx.now(), arn: certificate.arn });
  beginValidation(certificate, ctx);
  return certificate.arn;
};

const given = (options: Acm.CertificateOptions = {}): Acm.CertificateOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const checkNames = (names: readonly string[]): void => {
  const wrong = names.find((name) => !domain.test(name) || name.length > 253);
  if (wrong !== undefined)
    throw invalid(
      `1 validation error detected: Value '${wrong}' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${domain.source}`,
    );
  if (names.length > namesAtMost)
    throw new AwsError('LimitExceededException', `The certificate has ${names.length} domain names; the limit is ${namesAtMost}.`);
};
