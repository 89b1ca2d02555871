import { createHash } from 'node:crypto';
import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { freshId, mixedAlphanumeric } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { reach } from './access.js';
import { checkWrite } from './conditions.js';
import {
  bytesOf,
  checkAcl,
  checkedChecksums,
  checkStorageClass,
  encryptionOf,
  etagOf,
  headersOf,
  md5,
  tagsOf,
  writeMembers,
} from './object-input.js';
import { versionIdIn, type Bucket, type Upload } from './records.js';
import { writeVersion } from './replication.js';
import { retentionOf } from './retention.js';

const leastPartBytes = 5 * 1024 * 1024;

const uploadOf = (bucket: Bucket, id: string | undefined): Upload => {
  const found = bucket.uploads.get(id ?? '');
  if (found) return found;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404 },
  );
};

/** The parts a completion lists, in its order, each checked against what was uploaded. */
const chosenParts = (upload: Upload, asked: readonly S3.CompletedPart[]): Uint8Array[] => {
  if (asked.some(({ PartNumber = 0 }, at) => PartNumber <= (asked[at - 1]?.PartNumber ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      { status: 400 },
    );
  }
  return asked.map(({ PartNumber = 0, ETag = '' }, at) => {
    const part = upload.parts.get(PartNumber);
    if (!part || part.etag.replace(/"/g, '') !== ETag.replace(/"/g, '')) {
      throw new AwsError(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { status: 400 },
      );
    }
    if (at < asked.length - 1 && part.body.length < leastPartBytes) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { status: 400 });
    }
    return part.body;
  });
};

export const multipart = {
  CreateMultipartUpload: (input, ctx) => {
    accept('s3.CreateMultipartUpload', input, [...writeMembers, 'StorageClass', 'ChecksumType']);
    const key = need(input.Key, 'Key', 'InvalidRequest');
    const bucket = reach(ctx, input.Bucket, 's3:PutObject', key);
    checkAcl(input.ACL);
    checkStorageClass(input.StorageClass);
    const upload: Upload = {
      id: freshId(ctx, 's3.upload', 64, mixedAlphanumeric),
      key,
      initiated: ctx.date(),
      headers: headersOf(input),
      metadata: input.Metadata ?? {},
      encryption: encryptionOf(bucket, input),
      tags: tagsOf(input.Tagging),
      parts: new Map(),
    };
    bucket.uploads.set(upload.id, upload);
    return { Bucket: bucket.name, Key: key, UploadId: upload.id, ...upload.encryption };
  },
  UploadPart: (input, ctx) => {
    accept('s3.UploadPart', input, [
      'Bucket',
      'Key',
      'UploadId',
      'PartNumber',
      'Body',
      'ContentLength',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ChecksumCRC32',
      'ChecksumSHA1',
      'ChecksumSHA256',
      'ExpectedBucketOwner',
      'RequestPayer',
    ]);
    const upload = uploadOf(reach(ctx, input.Bucket, 's3:PutObject', input.Key), input.UploadId);
    const number = need(input.PartNumber, 'PartNumber', 'InvalidRequest');
    if (number < 1 || number > 10_000) {
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', { status: 400 });
    }
    const body = bytesOf(input.Body);
    const checksums = checkedChecksums(body, input);
    upload.parts.set(number, { body, etag: etagOf(body), lastModified: ctx.date() });
    return { ETag: etagOf(body), ...checksums, ...upload.encryption };
  },
  CompleteMultipartUpload: (input, ctx) => {
    accept('s3.CompleteMultipartUpload', input, [
      'Bucket',
      'Key',
      'UploadId',
      'MultipartUpload',
      'IfMatch',
      'IfNoneMatch',
      'MpuObjectSize',
      'ChecksumType',
      'ExpectedBucketOwner',
      'RequestPayer',
    ]);
    const bucket = reach(ctx, input.Bucket, 's3:PutObject', input.Key);
    const upload = uploadOf(bucket, input.UploadId);
    const asked = input.MultipartUpload?.Parts ?? [];
    if (asked.length === 0) throw new AwsError('InvalidRequest', 'You must specify at least one part', { status: 400 });
    const parts = chosenParts(upload, asked);
    checkWrite(bucket, upload.key, input);
    const digests = createHash('md5')
      .update(Buffer.concat(parts.map(md5)))
      .digest('hex');
    const version = writeVersion(ctx, bucket, {
      key: upload.key,
      deleteMarker: false,
      body: Buffer.concat(parts),
      etag: `"${digests}-${parts.length}"`,
      headers: upload.headers,
      metadata: upload.metadata,
      checksums: {},
      encryption: upload.encryption,
      tags: upload.tags,
      retention: retentionOf(ctx, bucket, {}),
    });
    bucket.uploads.delete(upload.id);
    return {
      Location: `http://${bucket.name}.s3.${bucket.region}.amazonaws.com/${upload.key}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: version.etag,
      ...version.encryption,
      ...versionIdIn(bucket, version),
    };
  },
  AbortMultipartUpload: (input, ctx) => {
    const bucket = reach(ctx, input.Bucket, 's3:AbortMultipartUpload', input.Key);
    bucket.uploads.delete(uploadOf(bucket, input.UploadId).id);
    return {};
  },
  ListParts: (input, ctx) => {
    accept('s3.ListParts', input, ['Bucket', 'Key', 'UploadId', 'ExpectedBucketOwner', 'RequestPayer']);
    const upload = uploadOf(reach(ctx, input.Bucket, 's3:ListMultipartUploadParts', input.Key), input.UploadId);
    const parts = [...upload.parts].sort(([one], [other]) => one - other);
    return {
      Bucket: input.Bucket,
      Key: upload.key,
      UploadId: upload.id,
      IsTruncated: false,
      StorageClass: 'STANDARD' as const,
      Parts: parts.map(([PartNumber, { body, etag, lastModified }]) => ({
        PartNumber,
        ETag: etag,
        Size: body.length,
        LastModified: lastModified,
      })),
    };
  },
  ListMultipartUploads: (input, ctx) => {
    accept('s3.ListMultipartUploads', input, ['Bucket', 'Prefix', 'ExpectedBucketOwner', 'RequestPayer']);
    const bucket = reach(ctx, input.Bucket, 's3:ListBucketMultipartUploads');
    const uploads = [...bucket.uploads.values()].filter(({ key }) => key.startsWith(input.Prefix ?? ''));
    return {
      Bucket: bucket.name,
      IsTruncated: false,
      Uploads: uploads.map(({ id, key, initiated }) => ({
        UploadId: id,
        Key: key,
        Initiated: initiated,
        StorageClass: 'STANDARD' as const,
      })),
    };
  },
} satisfies Operations<typeof S3>;
