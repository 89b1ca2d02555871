import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Bucket, ObjectChecksums, ObjectEncryption, ObjectHeaders } from './records.js';

/** A body as the wire decoded it. */
export const bytesOf = (body: unknown): Uint8Array => {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('an S3 body must have been read before it comes here');
};

export const md5 = (body: Uint8Array): Buffer => createHash('md5').update(body).digest();
export const etagOf = (body: Uint8Array): string => `"${md5(body).toString('hex')}"`;

type ChecksumInput = Pick<S3.PutObjectCommandInput, 'ContentMD5' | 'ChecksumCRC32' | 'ChecksumSHA1' | 'ChecksumSHA256'>;

/** Checks what the client says the body adds up to; what it named is kept and answered. */
export const checkedChecksums = (body: Uint8Array, input: ChecksumInput): ObjectChecksums => {
  if (input.ContentMD5 !== undefined && input.ContentMD5 !== md5(body).toString('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400 });
  }
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  const actual = {
    ChecksumCRC32: crc.toString('base64'),
    ChecksumSHA1: createHash('sha1').update(body).digest('base64'),
    ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
  };
  const names = (Object.keys(actual) as (keyof typeof actual)[]).filter((name) => input[name] !== undefined);
  for (const name of names) {
    if (input[name] !== actual[name]) {
      throw new AwsError('BadDigest', `The ${name.replace('Checksum', '')} you specified did not match the calculated checksum.`, {
        status: 400,
      });
    }
  }
  return Object.fromEntries(names.map((name) => [name, actual[name]]));
};

export const headerNames = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'WebsiteRedirectLocation',
] as const satisfies (keyof ObjectHeaders)[];

export const headersOf = (input: ObjectHeaders): ObjectHeaders => {
  const given = Object.fromEntries(
    headerNames.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
  ) as ObjectHeaders;
  // The framing of a streamed upload is no property of the object.
  const encoding = given.ContentEncoding?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked')
    .join(',');
  const { ContentEncoding: _, ...others } = given;
  return { ContentType: 'binary/octet-stream', ...others, ...(encoding ? { ContentEncoding: encoding } : {}) };
};

/** What the request asks for, else what the bucket does by default. Recorded; nothing is encrypted. */
export const encryptionOf = (bucket: Bucket, asked: ObjectEncryption): ObjectEncryption => {
  const rule = bucket.encryption.Rules?.[0];
  const algorithm = asked.ServerSideEncryption ?? rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256';
  if (algorithm === 'AES256') return { ServerSideEncryption: 'AES256' };
  const key =
    asked.SSEKMSKeyId ??
    rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID ??
    `arn:aws:kms:${bucket.region}:${bucket.account}:alias/aws/s3`;
  return { ServerSideEncryption: algorithm, SSEKMSKeyId: key, BucketKeyEnabled: asked.BucketKeyEnabled ?? rule?.BucketKeyEnabled ?? false };
};

/** `a=1&b=2`, as the x-amz-tagging header carries it. */
export const tagsOf = (header: string | undefined): S3.Tag[] =>
  [...new URLSearchParams(header ?? '')].map(([Key, Value]) => ({ Key, Value }));

/** With ACLs off, as in every bucket made here, these two are the only ones accepted. */
export const checkAcl = (acl: string | undefined): void => {
  if (acl === undefined || acl === 'private' || acl === 'bucket-owner-full-control') return;
  throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
};

/** Members of a writing request that are understood, or that change nothing. */
export const writeMembers = [
  ...headerNames,
  'Bucket',
  'Key',
  'ACL',
  'Metadata',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
  'Tagging',
  'ExpectedBucketOwner',
  'RequestPayer',
  'ChecksumAlgorithm',
] as const;

/** Only the standard storage class: the others differ in ways nothing here shows. */
export const checkStorageClass = (storageClass: string | undefined): void => {
  if (storageClass !== undefined && storageClass !== 'STANDARD') {
    throw new AwsError('NotModelled', `NotModelled: s3 storage class ${storageClass}`, { status: 501 });
  }
};
