import type { WireRequest } from './http-message.js';
import { malformed } from './malformed.js';
import { AwsError } from './aws-error.js';

/** Who signed a request, and for what: everything the twin takes from a SigV4 signature (which it does not verify). */
export interface Credential {
  readonly account: string;
  readonly region: string;
  readonly signingName: string;
  /** Temporary credentials only. */
  readonly sessionToken: string | undefined;
}

const accessKeyPattern = /^A[KS]IA(\d{12})TWIN$/;

/** The access key of an account of the twin. */
export const accessKeyOf = (account: string): string => `AKIA${account}TWIN`;

/**
 * Reads the credential scope of the Authorization header, or of a presigned URL; undefined for an unsigned request.
 * @throws AwsError `InvalidClientTokenId` (403) for an access key that is not of the twin's form.
 */
export const readCredential = ({ headers, query }: Pick<WireRequest, 'headers' | 'query'>): Credential | undefined => {
  const scope = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential');
  if (scope === undefined || scope === null) return undefined;
  const [accessKey = '', , region, signingName, terminator] = scope.split('/');
  if (!region || !signingName || terminator !== 'aws4_request')
    throw malformed(`${scope} is not a SigV4 credential scope`, 'IncompleteSignature');
  return {
    account: accountOf(accessKey),
    region,
    signingName,
    sessionToken: headers['x-amz-security-token'] ?? query.get('X-Amz-Security-Token') ?? undefined,
  };
};

/** @throws AwsError `InvalidClientTokenId` (403) for an access key that is not of the twin's form. */
export const accountOf = (accessKey: string): string => {
  const account = accessKeyPattern.exec(accessKey)?.[1];
  if (account !== undefined) return account;
  throw new AwsError(
    'InvalidClientTokenId',
    `The security token included in the request is invalid. (The twin takes access keys of the form ${accessKeyOf('111122223333')}: the account is in them.)`,
    { status: 403 },
  );
};
