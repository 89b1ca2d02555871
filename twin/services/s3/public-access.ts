import type { Bucket } from './records.js';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  ).test(text);

const statementsOf = (policy: string): Statement[] => {
  const { Statement } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  return Statement === undefined ? [] : Array.isArray(Statement) ? Statement : [Statement];
};
const isEveryone = (principal: unknown): boolean => {
  if (principal === '*') return true;
  const aws = typeof principal === 'object' && principal !== null ? (principal as { AWS?: string | string[] }).AWS : undefined;
  return list(aws).includes('*');
};

/** The one condition understood: the twin's loopback stands for AWS's TLS, so a transport is always secure. */
const neverHolds = ({ Condition }: Statement): boolean =>
  Object.entries(Condition ?? {}).some(
    ([operator, tests]) => operator === 'Bool' && 'aws:SecureTransport' in tests && String(tests['aws:SecureTransport']) === 'false',
  );

/** Whether a policy gives everyone something, as BlockPublicPolicy and RestrictPublicBuckets ask. A condition is taken to narrow it. */
export const isPublic = (policy: string): boolean =>
  statementsOf(policy).some(({ Effect, Principal, Condition }) => Effect === 'Allow' && isEveryone(Principal) && Condition === undefined);

/**
 * Whether a request without credentials may do `action` (`s3:GetObject` …). A condition that is not understood keeps an Allow from
 * applying and lets a Deny apply.
 */
export const anonymousMay = (bucket: Bucket, action: string, objectKey?: string): boolean => {
  if (bucket.policy === undefined || bucket.publicAccessBlock?.RestrictPublicBuckets) return false;
  const resource = `arn:aws:s3:::${bucket.name}${objectKey === undefined ? '' : `/${objectKey}`}`;
  const applying = statementsOf(bucket.policy).filter(
    (statement) =>
      isEveryone(statement.Principal) &&
      list(statement.Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
      list(statement.Resource).some((pattern) => like(pattern, resource)),
  );
  if (applying.some((statement) => statement.Effect === 'Deny' && !neverHolds(statement))) return false;
  return applying.some((statement) => statement.Effect === 'Allow' && statement.Condition === undefined);
};
