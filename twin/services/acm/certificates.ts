import type * as Acm from '@aws-sdk/client-acm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { acmRecords, invalid, needCertificate, usersOf, type CertificateRecord, type Validation } from './records.js';
import { request } from './requests.js';

/** Days that a certificate is good for: ACM's since the CA/Browser Forum allows no more than 200 (March 2026). */
const validityDays = 198;
/** How ACM writes in answers what requests call RSA_2048. */
const written = (algorithm: Acm.KeyAlgorithm) => algorithm.replace('RSA_', 'RSA-') as Acm.KeyAlgorithm;
const usages = {
  KeyUsages: [{ Name: 'DIGITAL_SIGNATURE' }, { Name: 'KEY_ENCIPHERMENT' }] as Acm.KeyUsage[],
  ExtendedKeyUsages: [{ Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' }] as Acm.ExtendedKeyUsage[],
};
const signatures: Partial<Record<Acm.KeyAlgorithm, string>> = { EC_prime256v1: 'SHA256WITHECDSA', EC_secp384r1: 'SHA384WITHECDSA' };

/** From the day of issue to the end of the last one. Undefined until issued. */
export const validityOf = ({ issuedAt }: CertificateRecord): { notBefore: Date; notAfter: Date } | undefined => {
  if (!issuedAt) return undefined;
  const notBefore = new Date(issuedAt);
  notBefore.setUTCHours(0, 0, 0, 0);
  return { notBefore, notAfter: new Date(notBefore.getTime() + validityDays * 86_400_000 - 1000) };
};

const validation = ({ domain, record, isShown, isSeen }: Validation, { status }: CertificateRecord): Acm.DomainValidation => ({
  DomainName: domain,
  ValidationDomain: domain,
  ValidationStatus: isSeen ? 'SUCCESS' : status === 'VALIDATION_TIMED_OUT' ? 'FAILED' : 'PENDING_VALIDATION',
  ValidationMethod: 'DNS',
  ...(isShown ? { ResourceRecord: { ...record } } : {}),
});

const describe = (certificate: CertificateRecord, ctx: Context): Acm.CertificateDetail => {
  const validity = validityOf(certificate);
  const InUseBy = usersOf(ctx, certificate.arn);
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNames: [...certificate.names],
    DomainValidationOptions: certificate.validations.map((each) => validation(each, certificate)),
    Subject: `CN=${certificate.domainName}`,
    Issuer: 'Amazon',
    CreatedAt: certificate.createdAt,
    Status: certificate.status,
    KeyAlgorithm: written(certificate.keyAlgorithm),
    SignatureAlgorithm: signatures[certificate.keyAlgorithm] ?? 'SHA256WITHRSA',
    InUseBy,
    Type: 'AMAZON_ISSUED',
    RenewalEligibility: InUseBy.length && validity ? 'ELIGIBLE' : 'INELIGIBLE',
    Options: { ...certificate.options },
    ...(validity ? { IssuedAt: certificate.issuedAt, NotBefore: validity.notBefore, NotAfter: validity.notAfter, ...usages } : {}),
  };
};

const summary = (certificate: CertificateRecord, ctx: Context): Acm.CertificateSummary => {
  const { CertificateArn, DomainName, Status, Type, KeyAlgorithm, CreatedAt, IssuedAt, NotBefore, NotAfter, RenewalEligibility, InUseBy } =
    describe(certificate, ctx);
  return {
    ...{ CertificateArn, DomainName, Status, Type, KeyAlgorithm, CreatedAt, IssuedAt, NotBefore, NotAfter, RenewalEligibility },
    SubjectAlternativeNameSummaries: [...certificate.names],
    HasAdditionalSubjectAlternativeNames: false,
    InUse: (InUseBy ?? []).length > 0,
    Exported: false,
  };
};

const list = (input: Acm.ListCertificatesRequest, ctx: Context): Acm.ListCertificatesResponse => {
  accept('acm.ListCertificates', input, ['CertificateStatuses', 'Includes', 'NextToken', 'MaxItems', 'SortBy', 'SortOrder']);
  accept('acm.ListCertificates Includes', input.Includes ?? {}, ['keyTypes']);
  if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) throw invalid('SortBy and SortOrder must be given together.');
  // Without a filter other kinds of keys are not shown (API reference, "Filters").
  const keyTypes: readonly string[] = input.Includes?.keyTypes?.length ? input.Includes.keyTypes : ['RSA_1024', 'RSA_2048'];
  const found = [...ctx.state(acmRecords).certificates.values()]
    .filter(({ keyAlgorithm }) => keyTypes.includes(keyAlgorithm))
    .filter(({ status }) => !input.CertificateStatuses?.length || input.CertificateStatuses.includes(status));
  if (input.SortOrder === 'DESCENDING') found.reverse();
  const { items, next } = page(found, { token: input.NextToken, most: input.MaxItems ?? 1000 }, () =>
    invalid('The NextToken is not valid.'),
  );
  return { CertificateSummaryList: items.map((each) => summary(each, ctx)), NextToken: next };
};

const remove = (arn: string | undefined, ctx: Context): void => {
  const certificate = needCertificate(ctx, arn);
  if (usersOf(ctx, certificate.arn).length)
    throw new AwsError('ResourceInUseException', `Certificate ${certificate.arn} in account ${ctx.account} is in use.`);
  ctx.state(acmRecords).certificates.delete(certificate.arn);
};

export const certificateOperations: Operations<typeof Acm> = {
  RequestCertificate: (input, ctx) => ({ CertificateArn: request(input, ctx) }),
  DescribeCertificate: ({ CertificateArn }, ctx) => ({ Certificate: describe(needCertificate(ctx, CertificateArn), ctx) }),
  ListCertificates: list,
  DeleteCertificate: ({ CertificateArn }, ctx) => {
    remove(CertificateArn, ctx);
    return {};
  },
};
