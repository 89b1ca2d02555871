import type * as S3 from '@aws-sdk/client-s3';
import type { Context } from '../../world/context.js';
import { partitionWide } from '../../world/state.js';
import { freshId, mixedAlphanumeric } from '../fresh-id.js';

/** What a client may say about an object and gets back with it. */
export type ObjectHeaders = Pick<
  S3.PutObjectCommandInput,
  'CacheControl' | 'ContentDisposition' | 'ContentEncoding' | 'ContentLanguage' | 'ContentType' | 'Expires' | 'WebsiteRedirectLocation'
>;
export type ObjectEncryption = Pick<S3.PutObjectCommandOutput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'>;
export type ObjectChecksums = Pick<S3.PutObjectCommandOutput, 'ChecksumCRC32' | 'ChecksumSHA1' | 'ChecksumSHA256'>;

/** Until when a version may be neither deleted nor let go earlier. */
export interface Retention {
  readonly mode: S3.ObjectLockMode | S3.ObjectLockRetentionMode;
  readonly until: Date;
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly body: Uint8Array;
  /** In quotes, as on the wire. */
  readonly etag: string;
  readonly lastModified: Date;
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksums: ObjectChecksums;
  readonly encryption: ObjectEncryption;
  tags: S3.Tag[];
  retention?: Retention | undefined;
  /** Of what is replicated, PENDING and how that ended; of what arrived, REPLICA. */
  replication?: S3.ReplicationStatus | undefined;
}
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Date;
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly encryption: ObjectEncryption;
  readonly tags: S3.Tag[];
  readonly parts: Map<number, { body: Uint8Array; etag: string; lastModified: Date }>;
}
export interface Bucket {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly createdAt: Date;
  versioning: S3.BucketVersioningStatus | undefined;
  encryption: S3.ServerSideEncryptionConfiguration;
  ownership: S3.OwnershipControls | undefined;
  publicAccessBlock: S3.PublicAccessBlockConfiguration | undefined;
  policy: string | undefined;
  lifecycle: S3.LifecycleRule[] | undefined;
  replication: S3.ReplicationConfiguration | undefined;
  /** Set when the bucket was made to lock objects, and never taken away. */
  objectLock: S3.ObjectLockConfiguration | undefined;
  tags: S3.Tag[];
  /** Newest version first; a key without versions is not in the map. */
  readonly objects: Map<string, ObjectVersion[]>;
  readonly uploads: Map<string, Upload>;
}

const key = partitionWide('s3.buckets', () => new Map<string, Bucket>());
export const bucketsOf = (ctx: Context): Map<string, Bucket> => ctx.state(key);

/** The newest version unless it is a delete marker: what a plain GET finds. */
export const currentObject = (bucket: Bucket, objectKey: string): ObjectVersion | undefined => {
  const newest = bucket.objects.get(objectKey)?.[0];
  return newest?.deleteMarker ? undefined : newest;
};

export type NewVersion = Omit<ObjectVersion, 'versionId' | 'lastModified' | 'tags'> & { tags?: S3.Tag[] };

/** Puts a version (or delete marker) on top, as the bucket's versioning says. */
export const addVersion = (ctx: Context, bucket: Bucket, version: NewVersion): ObjectVersion => {
  const versionId = bucket.versioning === 'Enabled' ? freshId(ctx, 's3.version', 32, mixedAlphanumeric) : 'null';
  const added: ObjectVersion = { tags: [], ...version, versionId, lastModified: ctx.date() };
  const kept = (bucket.objects.get(version.key) ?? []).filter((held) => held.versionId !== versionId);
  bucket.objects.set(version.key, [added, ...kept]);
  return added;
};

/** What answers say about the version: nothing in a bucket that was never versioned. */
export const versionIdIn = (bucket: Bucket, version: ObjectVersion): { VersionId?: string } =>
  bucket.versioning === undefined ? {} : { VersionId: version.versionId };
