import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { checkOwner, reach } from './access.js';
import { checkWrite } from './conditions.js';
import { checkAcl, checkStorageClass, encryptionOf, etagOf, headersOf, tagsOf, writeMembers } from './object-input.js';
import { retentionOf } from './retention.js';
import { found } from './objects.js';
import { bucketsOf, versionIdIn } from './records.js';
import { writeVersion } from './replication.js';

/** `bucket/key?versionId=…`, with or without a leading slash, the key URL-encoded. */
const parseSource = (source: string): { Bucket: string; Key: string; VersionId?: string } => {
  const [path = '', query] = source.replace(/^\//, '').split('?versionId=');
  const at = path.indexOf('/');
  if (at < 1)
    throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', { status: 400 });
  const named = { Bucket: path.slice(0, at), Key: decodeURIComponent(path.slice(at + 1)) };
  return query === undefined ? named : { ...named, VersionId: query };
};

export const copy = {
  CopyObject: (input, ctx) => {
    accept('s3.CopyObject', input, [
      ...writeMembers,
      'CopySource',
      'CopySourceIfMatch',
      'CopySourceIfNoneMatch',
      'CopySourceIfModifiedSince',
      'CopySourceIfUnmodifiedSince',
      'MetadataDirective',
      'TaggingDirective',
      'IfMatch',
      'IfNoneMatch',
      'StorageClass',
      'ExpectedSourceBucketOwner',
    ]);
    const key = need(input.Key, 'Key', 'InvalidRequest');
    const bucket = reach(ctx, input.Bucket, 's3:PutObject', key);
    checkOwner(bucket, input.ExpectedBucketOwner);
    checkAcl(input.ACL);
    checkStorageClass(input.StorageClass);
    const source = parseSource(need(input.CopySource, 'CopySource', 'InvalidRequest'));
    // A copy is read by S3 where the source lives, so a source in a lost region cannot be copied.
    const sourceRegion = bucketsOf(ctx).get(source.Bucket)?.region ?? ctx.region;
    const { bucket: from, version } = found(ctx.at({ region: sourceRegion }), source, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
    checkOwner(from, input.ExpectedSourceBucketOwner);
    checkWrite(bucket, key, input);
    const replace = input.MetadataDirective === 'REPLACE';
    if (from === bucket && version.key === key && !replace && source.VersionId === undefined) {
      throw new AwsError(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        { status: 400 },
      );
    }
    const copied = writeVersion(ctx, bucket, {
      key,
      deleteMarker: false,
      body: version.body,
      etag: etagOf(version.body),
      headers: replace ? headersOf(input) : version.headers,
      metadata: replace ? (input.Metadata ?? {}) : version.metadata,
      checksums: version.checksums,
      encryption: encryptionOf(bucket, input),
      retention: retentionOf(ctx, bucket, {}),
      tags: input.TaggingDirective === 'REPLACE' ? tagsOf(input.Tagging) : version.tags,
    });
    return {
      CopyObjectResult: { ETag: copied.etag, LastModified: copied.lastModified, ...copied.checksums },
      ...copied.encryption,
      ...versionIdIn(bucket, copied),
      ...(from.versioning === undefined ? {} : { CopySourceVersionId: version.versionId }),
    };
  },
} satisfies Operations<typeof S3>;
