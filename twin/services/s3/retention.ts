import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { Bucket, ObjectVersion, Retention } from './records.js';

const dayMs = 86_400_000;

export const invalidRequest = (why: string): AwsError => new AwsError('InvalidRequest', why, { status: 400 });

/** What a write asks to be kept, else what the bucket keeps by default; undefined: nothing. */
export const retentionOf = (
  ctx: Context,
  bucket: Bucket,
  asked: Pick<S3.PutObjectCommandInput, 'ObjectLockMode' | 'ObjectLockRetainUntilDate'>,
): Retention | undefined => {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: given } = asked;
  const until = given === undefined ? undefined : new Date(given);
  if (mode === undefined && until === undefined) return byDefault(ctx, bucket);
  if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
  if (mode === undefined || until === undefined)
    throw new AwsError('InvalidArgument', 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied', {
      status: 400,
    });
  return checkedRetention(ctx, { mode, until });
};

export const checkedRetention = (ctx: Context, retention: Retention): Retention => {
  if (retention.until > ctx.date()) return retention;
  throw new AwsError('InvalidArgument', 'The retain until date must be in the future!', { status: 400 });
};

const byDefault = (ctx: Context, { objectLock }: Bucket): Retention | undefined => {
  const { Mode: mode, Days = 0, Years = 0 } = objectLock?.Rule?.DefaultRetention ?? {};
  return mode === undefined ? undefined : { mode, until: new Date(ctx.date().getTime() + (Days + Years * 365) * dayMs) };
};

/** @throws AwsError 403 while a version is kept, unless who deletes it may bypass governance and says so. */
export const checkDeletable = (ctx: Context, version: ObjectVersion | undefined, bypass: boolean | undefined): void => {
  const { retention } = version ?? {};
  if (!retention || retention.until <= ctx.date() || (retention.mode === 'GOVERNANCE' && bypass)) return;
  throw new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', { status: 403 });
};

/** What answers say about how long a version is kept. */
export const retentionIn = ({
  retention,
}: ObjectVersion): Pick<S3.GetObjectCommandOutput, 'ObjectLockMode' | 'ObjectLockRetainUntilDate'> =>
  retention ? { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: retention.until } : {};
