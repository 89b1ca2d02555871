import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { globalControlPlaneRegion, RegionLost } from '../dispatcher.js';
import { anonymousMay } from './public-access.js';
import { bucketsOf, type Bucket } from './records.js';

/** The principal that the doors give to a request without a signature. */
export const anonymous = 'anonymous';

/** Where a bucket lives; doors use it to find the region that has to answer an unsigned request. */
export const regionOfBucket = (ctx: Context, name: string): string | undefined => bucketsOf(ctx).get(name)?.region;

export const accessDenied = (message = 'Access Denied'): AwsError => new AwsError('AccessDenied', message, { status: 403 });

/**
 * The bucket, if this caller may reach it here with `action`.
 * @throws RegionLost when the bucket's region is gone, whoever asks and wherever.
 */
export const reach = (ctx: Context, name: string | undefined, action: string, objectKey?: string): Bucket => {
  const bucket = bucketsOf(ctx).get(name ?? '');
  if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, fields: { BucketName: name } });
  if (ctx.regionIsLost(bucket.region)) throw new RegionLost(bucket.region);
  if (ctx.caller.principalArn === anonymous) {
    if (!anonymousMay(bucket, action, objectKey)) throw accessDenied();
    return bucket;
  }
  if (ctx.region !== bucket.region) throw elsewhere(bucket);
  // Grants to other accounts are not evaluated, so other accounts have what everyone has.
  if (bucket.account !== ctx.account && !anonymousMay(bucket, action, objectKey)) throw accessDenied();
  return bucket;
};

const elsewhere = (bucket: Bucket): AwsError =>
  new AwsError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    { status: 301, fields: { Bucket: bucket.name, Region: bucket.region, Endpoint: `s3.${bucket.region}.amazonaws.com` } },
  );

/**
 * The bucket, for a change to buckets themselves: AWS makes those in us-east-1 for all regions of the partition
 * (AWS Fault Isolation Boundaries, appendix A), so they stop when it is lost.
 */
export const reachToConfigure = (ctx: Context, name: string | undefined, action: string): Bucket => {
  needBucketControlPlane(ctx);
  return reach(ctx, name, action);
};
export const needBucketControlPlane = (ctx: Context): void => {
  if (ctx.regionIsLost(globalControlPlaneRegion)) throw new RegionLost(globalControlPlaneRegion);
};

export const checkOwner = (bucket: Bucket, expected: string | undefined): void => {
  if (expected !== undefined && expected !== bucket.account) throw accessDenied();
};
