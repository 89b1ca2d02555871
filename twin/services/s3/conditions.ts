import { AwsError } from '../../wire/aws-error.js';
import { currentObject, type Bucket, type ObjectVersion } from './records.js';

const bare = (etag: string): string =>
  etag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
const matches = (condition: string, etag: string): boolean =>
  condition.split(',').some((one) => one.trim() === '*' || bare(one) === bare(etag));

export const preconditionFailed = (Condition: string): AwsError =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition },
  });
export const noSuchKey = (Key: string): AwsError =>
  new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, fields: { Key } });

/**
 * Conditional writes (S3 User Guide, "conditional writes"): `If-None-Match: *` wants no current object, `If-Match` wants this one.
 * Every write of the twin happens in one piece, so of writers at once the first wins and the rest get 412; AWS's 409 for writes in
 * flight does not occur.
 */
export const checkWrite = (
  bucket: Bucket,
  key: string,
  conditions: { IfNoneMatch?: string | undefined; IfMatch?: string | undefined },
): void => {
  const current = currentObject(bucket, key);
  if (conditions.IfNoneMatch !== undefined) {
    if (conditions.IfNoneMatch !== '*') {
      throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', { status: 501 });
    }
    if (current) throw preconditionFailed('If-None-Match');
  }
  if (conditions.IfMatch !== undefined) {
    if (!current) throw noSuchKey(key);
    if (!matches(conditions.IfMatch, current.etag)) throw preconditionFailed('If-Match');
  }
};

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** Conditional reads in the order RFC 9110 gives them; `NotModified` is a 304 without a body. */
export const checkRead = (version: ObjectVersion, conditions: ReadConditions): void => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, version.etag)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince && seconds(version.lastModified) > seconds(IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const notModified = new AwsError('NotModified', 'Not Modified', { status: 304 });
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, version.etag)) throw notModified;
  } else if (IfModifiedSince && seconds(version.lastModified) <= seconds(IfModifiedSince)) {
    throw notModified;
  }
};
