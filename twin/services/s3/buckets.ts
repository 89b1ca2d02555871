import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { accessDenied, anonymous, checkOwner, needBucketControlPlane, reach, reachToConfigure } from './access.js';
import { bucketsOf, type Bucket } from './records.js';

const checkName = (name: string): void => {
  const wellFormed = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!wellFormed)
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { status: 400, fields: { BucketName: name } });
};

const checkLocation = (region: string, asked: string | undefined): void => {
  if (region === 'us-east-1' ? asked === undefined : asked === region) return;
  const which = asked === undefined ? 'unspecified' : asked;
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${which} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  );
};

export const buckets = {
  CreateBucket: (input, ctx) => {
    accept('s3.CreateBucket', input, [
      'Bucket',
      'CreateBucketConfiguration',
      'ObjectOwnership',
      'ObjectLockEnabledForBucket',
      ...(input.ACL === 'private' ? (['ACL'] as const) : []),
    ]);
    needBucketControlPlane(ctx);
    if (ctx.caller.principalArn === anonymous) throw accessDenied();
    const name = need(input.Bucket, 'Bucket', 'InvalidRequest');
    checkName(name);
    checkLocation(ctx.region, input.CreateBucketConfiguration?.LocationConstraint);
    const held = bucketsOf(ctx).get(name);
    if (held && held.account !== ctx.account) {
      throw new AwsError(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
        { status: 409 },
      );
    }
    if (held) {
      throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', {
        status: 409,
      });
    }
    const bucket: Bucket = {
      name,
      account: ctx.account,
      region: ctx.region,
      createdAt: ctx.date(),
      versioning: input.ObjectLockEnabledForBucket ? 'Enabled' : undefined,
      // Defaults of new buckets since January 2023 (encryption) and April 2023 (public access and ownership).
      encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] },
      ownership: { Rules: [{ ObjectOwnership: input.ObjectOwnership ?? 'BucketOwnerEnforced' }] },
      publicAccessBlock: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      policy: undefined,
      lifecycle: undefined,
      replication: undefined,
      objectLock: input.ObjectLockEnabledForBucket ? { ObjectLockEnabled: 'Enabled' } : undefined,
      tags: input.CreateBucketConfiguration?.Tags ?? [],
      objects: new Map(),
      uploads: new Map(),
    };
    bucketsOf(ctx).set(name, bucket);
    return { Location: ctx.region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`, BucketArn: `arn:aws:s3:::${name}` };
  },
  HeadBucket: (input, ctx) => {
    if (!bucketsOf(ctx).has(input.Bucket ?? '')) throw new AwsError('NotFound', 'Not Found', { status: 404 });
    const bucket = reach(ctx, input.Bucket, 's3:ListBucket');
    checkOwner(bucket, input.ExpectedBucketOwner);
    return { BucketRegion: bucket.region, BucketArn: `arn:aws:s3:::${bucket.name}`, AccessPointAlias: false };
  },
  GetBucketLocation: (input, ctx) => {
    const bucket = reach(ctx, input.Bucket, 's3:GetBucketLocation');
    checkOwner(bucket, input.ExpectedBucketOwner);
    return bucket.region === 'us-east-1' ? {} : { LocationConstraint: bucket.region as S3.BucketLocationConstraint };
  },
  ListBuckets: (input, ctx) => {
    accept('s3.ListBuckets', input, ['Prefix', 'BucketRegion', 'MaxBuckets']);
    const listed = [...bucketsOf(ctx).values()]
      .filter(({ account, name }) => account === ctx.account && name.startsWith(input.Prefix ?? ''))
      .filter(({ region }) => input.BucketRegion === undefined || region === input.BucketRegion)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    return {
      Buckets: listed.map(({ name, createdAt, region }) => ({ Name: name, CreationDate: createdAt, BucketRegion: region })),
      Owner: { ID: ownerId(ctx.account) },
      ...(input.Prefix === undefined ? {} : { Prefix: input.Prefix }),
    };
  },
  DeleteBucket: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:DeleteBucket');
    checkOwner(bucket, input.ExpectedBucketOwner);
    if (bucket.objects.size > 0) {
      const why = bucket.versioning === undefined ? '' : '. You must delete all versions in the bucket.';
      throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty${why}`, {
        status: 409,
        fields: { BucketName: bucket.name },
      });
    }
    bucketsOf(ctx).delete(bucket.name);
    return {};
  },
} satisfies Operations<typeof S3>;

/** A canonical user id: 64 hexadecimal digits, the same for the same account. */
export const ownerId = (account: string): string => Buffer.from(`${account}twin`).toString('hex').padEnd(64, '0');
