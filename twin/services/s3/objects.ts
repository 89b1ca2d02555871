import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { accessDenied, anonymous, checkOwner, reach } from './access.js';
import { checkRead, checkWrite, noSuchKey, type ReadConditions } from './conditions.js';
import {
  bytesOf,
  checkAcl,
  checkedChecksums,
  checkStorageClass,
  encryptionOf,
  etagOf,
  headersOf,
  tagsOf,
  writeMembers,
} from './object-input.js';
import { retentionIn, retentionOf } from './retention.js';
import { anonymousMay } from './public-access.js';
import { byteRange } from './range.js';
import { versionIdIn, type Bucket, type ObjectVersion } from './records.js';
import { writeVersion } from './replication.js';

export const objects = {
  PutObject: (input, ctx) => {
    accept('s3.PutObject', input, [
      ...writeMembers,
      'Body',
      'ContentLength',
      'ContentMD5',
      'ChecksumCRC32',
      'ChecksumSHA1',
      'ChecksumSHA256',
      'IfMatch',
      'IfNoneMatch',
      'StorageClass',
      'ObjectLockMode',
      'ObjectLockRetainUntilDate',
    ]);
    const key = need(input.Key, 'Key', 'InvalidRequest');
    const bucket = reach(ctx, input.Bucket, 's3:PutObject', key);
    checkOwner(bucket, input.ExpectedBucketOwner);
    checkAcl(input.ACL);
    checkStorageClass(input.StorageClass);
    const body = bytesOf(input.Body);
    const checksums = checkedChecksums(body, input);
    checkWrite(bucket, key, input);
    const version = writeVersion(ctx, bucket, {
      key,
      deleteMarker: false,
      body,
      etag: etagOf(body),
      headers: headersOf(input),
      metadata: input.Metadata ?? {},
      checksums,
      encryption: encryptionOf(bucket, input),
      tags: tagsOf(input.Tagging),
      retention: retentionOf(ctx, bucket, input),
    });
    const type = Object.keys(checksums).length > 0 ? { ChecksumType: 'FULL_OBJECT' as const } : {};
    return { ETag: version.etag, ...checksums, ...type, ...version.encryption, ...versionIdIn(bucket, version) };
  },

  GetObject: (input, ctx) => {
    accept('s3.GetObject', input, readMembers);
    const { bucket, version } = found(ctx, input, input);
    const range = byteRange(input.Range, version.body.length);
    const body = range ? version.body.subarray(range.from, range.to + 1) : version.body;
    return {
      Body: body as never,
      ...described(bucket, version, input.ChecksumMode === 'ENABLED' && !range),
      ContentLength: body.length,
      ...(range ? { ContentRange: `bytes ${range.from}-${range.to}/${version.body.length}` } : {}),
      ...overrides(input),
    };
  },

  HeadObject: (input, ctx) => {
    accept('s3.HeadObject', input, readMembers);
    const { bucket, version } = headed(ctx, input);
    const range = byteRange(input.Range, version.body.length);
    return {
      ...described(bucket, version, input.ChecksumMode === 'ENABLED' && !range),
      ContentLength: range ? range.to - range.from + 1 : version.body.length,
      ...overrides(input),
    };
  },

  GetObjectTagging: (input, ctx) => {
    const { bucket, version } = found(ctx, input, {}, 's3:GetObjectTagging');
    return { TagSet: version.tags, ...versionIdIn(bucket, version) };
  },
  PutObjectTagging: (input, ctx) => {
    const { bucket, version } = found(ctx, input, {}, 's3:PutObjectTagging');
    version.tags = need(input.Tagging?.TagSet, 'TagSet', 'MalformedXML');
    return versionIdIn(bucket, version);
  },
  DeleteObjectTagging: (input, ctx) => {
    const { bucket, version } = found(ctx, input, {}, 's3:DeleteObjectTagging');
    version.tags = [];
    return versionIdIn(bucket, version);
  },
} satisfies Operations<typeof S3>;

const readMembers = [
  'Bucket',
  'Key',
  'VersionId',
  'Range',
  'IfMatch',
  'IfNoneMatch',
  'IfModifiedSince',
  'IfUnmodifiedSince',
  'ChecksumMode',
  'ExpectedBucketOwner',
  'RequestPayer',
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
] as const;

interface Named {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The version a read names, after every condition of the read. */
export const found = (
  ctx: Context,
  input: Named,
  conditions: ReadConditions,
  action = 's3:GetObject',
): { bucket: Bucket; version: ObjectVersion } => {
  const key = need(input.Key, 'Key', 'InvalidRequest');
  const bucket = reach(ctx, input.Bucket, input.VersionId === undefined ? action : `${action}Version`, key);
  checkOwner(bucket, input.ExpectedBucketOwner);
  const versions = bucket.objects.get(key) ?? [];
  const version = input.VersionId === undefined ? versions[0] : versions.find(({ versionId }) => versionId === input.VersionId);
  if (!version || (input.VersionId === undefined && version.deleteMarker)) {
    // Who may not list is not told what is missing.
    if (ctx.caller.principalArn === anonymous && !anonymousMay(bucket, 's3:ListBucket')) throw accessDenied();
    if (input.VersionId === undefined) throw noSuchKey(key);
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', {
      status: 404,
      fields: { Key: key, VersionId: input.VersionId },
    });
  }
  if (ctx.caller.principalArn === anonymous && version.encryption.ServerSideEncryption !== 'AES256') {
    const why = 'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.';
    throw new AwsError('InvalidArgument', why, { status: 400 });
  }
  if (version.deleteMarker)
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405 });
  checkRead(version, conditions);
  return { bucket, version };
};

/** A HEAD has no body to carry a code: what is missing is `NotFound`. */
const headed = (ctx: Context, input: S3.HeadObjectCommandInput): { bucket: Bucket; version: ObjectVersion } => {
  try {
    return found(ctx, input, input);
  } catch (error) {
    if (error instanceof AwsError && ['NoSuchKey', 'NoSuchVersion', 'NoSuchBucket'].includes(error.code)) {
      throw new AwsError('NotFound', 'Not Found', { status: 404 });
    }
    throw error;
  }
};

const described = (bucket: Bucket, version: ObjectVersion, withChecksums: boolean) => ({
  AcceptRanges: 'bytes',
  LastModified: version.lastModified,
  ETag: version.etag,
  Metadata: version.metadata as Record<string, string>,
  ...version.headers,
  ...version.encryption,
  ...(withChecksums ? version.checksums : {}),
  ...versionIdIn(bucket, version),
  ...retentionIn(version),
  ...(version.replication ? { ReplicationStatus: version.replication } : {}),
  ...(version.tags.length > 0 ? { TagCount: version.tags.length } : {}),
});

const overrides = (input: S3.GetObjectCommandInput | S3.HeadObjectCommandInput) =>
  Object.fromEntries(
    (
      [
        ['CacheControl', input.ResponseCacheControl],
        ['ContentDisposition', input.ResponseContentDisposition],
        ['ContentEncoding', input.ResponseContentEncoding],
        ['ContentLanguage', input.ResponseContentLanguage],
        ['ContentType', input.ResponseContentType],
      ] as const
    ).filter(([, value]) => value !== undefined),
  );
