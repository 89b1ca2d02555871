import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { LoadBalancerListener } from '../../world/dataplane.js';
import { validityOf } from '../acm/certificates.js';
import { acmRecords } from '../acm/records.js';
import { elbRecords, invalid, notModelled, type ListenerRecord } from './records.js';

type Security = Pick<Elb.Listener, 'Protocol' | 'Certificates' | 'SslPolicy'>;

/** The API's default; the console's and CDK's is another. */
const defaultPolicy = 'ELBSecurityPolicy-2016-08';
/** TLS versions of the security policies that the twin has (user guide, "Security policies for your Application Load Balancer"). */
const policies = {
  'ELBSecurityPolicy-2016-08': { minVersion: 'TLSv1', maxVersion: 'TLSv1.2' },
  'ELBSecurityPolicy-TLS13-1-2-2021-06': { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06': { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  'ELBSecurityPolicy-TLS13-1-3-2021-06': { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
} as const;
const policyNamed = (name: string) => {
  const found = policies[name as keyof typeof policies];
  if (!found) throw notModelled(`security policy ${name}`);
  return found;
};

/**
 * Protocol, certificate and policy that a listener gets by what is asked, beside what it has.
 * @throws AwsError for a certificate that is missing, not of this region, or not issued.
 */
export const securityOf = (asked: Security, had: Security, ctx: Context): Security => {
  const Protocol = asked.Protocol ?? had.Protocol;
  if (Protocol === undefined) throw invalid('A listener protocol must be specified');
  if (Protocol !== 'HTTP' && Protocol !== 'HTTPS')
    throw invalid(`Listener protocol '${Protocol}' is not supported by application load balancers`);
  if (Protocol === 'HTTP') {
    if (asked.Certificates?.length) throw invalid('A certificate cannot be specified for HTTP listeners');
    if (asked.SslPolicy) throw invalid('An SSL policy cannot be specified for HTTP listeners');
    return { Protocol, Certificates: undefined, SslPolicy: undefined };
  }
  const Certificates = asked.Certificates?.length ? asked.Certificates : had.Certificates;
  if (!Certificates?.length) throw invalid('A certificate must be specified for HTTPS listeners');
  if (Certificates.length > 1) throw invalid('You can specify only one default certificate for a listener');
  const [{ CertificateArn = '' } = {}] = Certificates;
  checkIssued(CertificateArn, ctx);
  const SslPolicy = asked.SslPolicy ?? had.SslPolicy ?? defaultPolicy;
  policyNamed(SslPolicy);
  return { Protocol, Certificates: [{ CertificateArn }], SslPolicy };
};

const checkIssued = (arn: string, ctx: Context): void => {
  if (arn.startsWith('arn:aws:iam:')) throw notModelled('a server certificate of IAM');
  const found = ctx.state(acmRecords).certificates.get(arn);
  if (!found) throw new AwsError('CertificateNotFoundException', `Certificate '${arn}' not found`);
  if (found.status === 'ISSUED') return;
  const message = `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`;
  throw new AwsError('UnsupportedCertificate', message, { status: 400 });
};

/** What the data plane has to know to serve TLS; undefined for clear HTTP. */
export const tlsOf = ({ described: { Certificates, SslPolicy } }: ListenerRecord, ctx: Context): LoadBalancerListener['tls'] => {
  const certificate = ctx.state(acmRecords).certificates.get(Certificates?.[0]?.CertificateArn ?? '');
  const validity = certificate && validityOf(certificate);
  if (!certificate || !validity) return undefined;
  const { arn: id, names, keyAlgorithm } = certificate;
  return { certificate: { id, names, keyAlgorithm, notAfter: validity.notAfter.getTime() }, ...policyNamed(SslPolicy ?? defaultPolicy) };
};

/** Tells ACM which certificates the load balancer uses now. */
export const tellUses = (loadBalancerArn: string, ctx: Context): void => {
  const { users } = ctx.state(acmRecords);
  for (const using of users.values()) using.delete(loadBalancerArn);
  for (const { loadBalancerArn: user, described } of ctx.state(elbRecords).listeners.values()) {
    const arn = described.Certificates?.[0]?.CertificateArn;
    if (user === loadBalancerArn && arn) users.set(arn, (users.get(arn) ?? new Set()).add(user));
  }
};
