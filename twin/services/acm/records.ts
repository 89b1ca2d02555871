import type * as Acm from '@aws-sdk/client-acm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

/** What a domain's owner has to put into its zone, and whether it was seen there. */
export interface Validation {
  readonly domain: string;
  readonly record: { readonly Name: string; readonly Type: 'CNAME'; readonly Value: string };
  /** ACM shows the record some seconds after the request. */
  isShown: boolean;
  isSeen: boolean;
}
export interface CertificateRecord {
  readonly arn: string;
  readonly domainName: string;
  /** The domain name first, then the others. */
  readonly names: readonly string[];
  readonly keyAlgorithm: Acm.KeyAlgorithm;
  readonly options: Acm.CertificateOptions;
  readonly createdAt: Date;
  readonly validations: readonly Validation[];
  readonly tags: Map<string, string>;
  status: 'PENDING_VALIDATION' | 'ISSUED' | 'VALIDATION_TIMED_OUT';
  issuedAt?: Date;
}

export const acmRecords = regional('acm', () => ({
  certificates: new Map<string, CertificateRecord>(),
  /** Requests by their idempotency token. */
  requests: new Map<string, { readonly asked: string; readonly at: number; readonly arn: string }>(),
  /** ARNs of what serves a certificate, by its ARN; kept by the services that do. */
  users: new Map<string, Set<string>>(),
}));

export const usersOf = (ctx: Context, arn: string): string[] => [...(ctx.state(acmRecords).users.get(arn) ?? [])].sort();

/** @throws AwsError InvalidArnException for what is no certificate's ARN, ResourceNotFoundException for one that is not of this account and region. */
export const needCertificate = (ctx: Context, arn: string | undefined): CertificateRecord => {
  if (!/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/.test(arn ?? ''))
    throw new AwsError('InvalidArnException', `The ARN ${arn} is not valid.`);
  const found = ctx.state(acmRecords).certificates.get(arn!);
  if (!found) throw new AwsError('ResourceNotFoundException', `Could not find certificate ${arn} in account ${ctx.account}.`);
  return found;
};

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
