import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { checkOwner, reach } from './access.js';
import { checkWrite } from './conditions.js';
import { checkDeletable } from './retention.js';
import { type Bucket } from './records.js';
import { writeVersion } from './replication.js';

interface Deleted {
  readonly VersionId?: string;
  readonly DeleteMarker?: boolean;
}

const deleteOne = (ctx: Context, bucket: Bucket, key: string, versionId: string | undefined, bypass?: boolean): Deleted => {
  const versions = bucket.objects.get(key) ?? [];
  if (versionId !== undefined) {
    const kept = versions.filter((held) => held.versionId !== versionId);
    const gone = versions.find((held) => held.versionId === versionId);
    checkDeletable(ctx, gone, bypass);
    if (kept.length > 0) bucket.objects.set(key, kept);
    else bucket.objects.delete(key);
    return { VersionId: versionId, ...(gone?.deleteMarker ? { DeleteMarker: true } : {}) };
  }
  if (bucket.versioning === undefined) {
    bucket.objects.delete(key);
    return {};
  }
  const nothing = { body: new Uint8Array(), etag: '', headers: {}, metadata: {}, checksums: {}, encryption: {} };
  const marker = writeVersion(ctx, bucket, { key, deleteMarker: true, ...nothing });
  return { VersionId: marker.versionId, DeleteMarker: true };
};

export const objectDeletes = {
  DeleteObject: (input, ctx) => {
    accept('s3.DeleteObject', input, [
      'Bucket',
      'Key',
      'VersionId',
      'IfMatch',
      'BypassGovernanceRetention',
      'ExpectedBucketOwner',
      'RequestPayer',
    ]);
    const key = need(input.Key, 'Key', 'InvalidRequest');
    const bucket = reach(ctx, input.Bucket, 's3:DeleteObject', key);
    checkOwner(bucket, input.ExpectedBucketOwner);
    checkWrite(bucket, key, { IfMatch: input.IfMatch });
    return deleteOne(ctx, bucket, key, input.VersionId, input.BypassGovernanceRetention);
  },
  DeleteObjects: (input, ctx) => {
    accept('s3.DeleteObjects', input, [
      'Bucket',
      'Delete',
      'BypassGovernanceRetention',
      'ExpectedBucketOwner',
      'RequestPayer',
      'ChecksumAlgorithm',
    ]);
    const asked = need(input.Delete?.Objects, 'Delete', 'MalformedXML');
    if (asked.length === 0 || asked.length > 1000) {
      throw new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', {
        status: 400,
      });
    }
    const bucket = reach(ctx, input.Bucket, 's3:DeleteObject');
    checkOwner(bucket, input.ExpectedBucketOwner);
    const deleted: S3.DeletedObject[] = [];
    const errors: S3._Error[] = [];
    for (const { Key, VersionId, ETag } of asked) {
      try {
        checkWrite(bucket, Key!, { IfMatch: ETag });
        const { DeleteMarker, VersionId: id } = deleteOne(ctx, bucket, Key!, VersionId, input.BypassGovernanceRetention);
        deleted.push({
          Key,
          ...(VersionId === undefined ? {} : { VersionId }),
          ...(DeleteMarker ? { DeleteMarker, DeleteMarkerVersionId: id } : {}),
        });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ Key, VersionId, Code: error.code, Message: error.message });
      }
    }
    return { Deleted: input.Delete?.Quiet ? [] : deleted, Errors: errors };
  },
} satisfies Operations<typeof S3>;
