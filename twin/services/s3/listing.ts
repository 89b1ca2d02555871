import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { checkOwner, reach } from './access.js';
import { ownerId } from './buckets.js';
import { currentObject, type Bucket, type ObjectVersion } from './records.js';

interface Asked {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly most: number;
  /** Keys and common prefixes up to and including this are on earlier pages. */
  readonly after: string;
}
interface Listed<T> {
  readonly items: T[];
  readonly prefixes: string[];
  /** Where the next page begins, if there is one. */
  readonly last: string | undefined;
}

/** One page of entries in key order; keys that share a prefix up to the delimiter count once, as a common prefix. */
const listed = <T extends { key: string }>(entries: readonly T[], { prefix, delimiter, most, after }: Asked): Listed<T> => {
  const items: T[] = [];
  const prefixes: string[] = [];
  let last = '';
  for (const entry of entries) {
    if (!entry.key.startsWith(prefix)) continue;
    const cut = delimiter ? entry.key.indexOf(delimiter, prefix.length) : -1;
    const group = cut < 0 ? undefined : entry.key.slice(0, cut + delimiter!.length);
    if ((group ?? entry.key) <= after || (group !== undefined && group === prefixes.at(-1))) continue;
    if (items.length + prefixes.length >= most) return { items, prefixes, last };
    if (group === undefined) items.push(entry);
    else prefixes.push(group);
    last = group ?? entry.key;
  }
  return { items, prefixes, last: undefined };
};

const keysOf = (bucket: Bucket): string[] =>
  [...bucket.objects.keys()].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
const currentOf = (bucket: Bucket): ObjectVersion[] => keysOf(bucket).flatMap((key) => currentObject(bucket, key) ?? []);
const answered = (version: ObjectVersion, encode: (text: string) => string): S3._Object => ({
  Key: encode(version.key),
  LastModified: version.lastModified,
  ETag: version.etag,
  Size: version.body.length,
  StorageClass: 'STANDARD',
});
/** Keys come back URL-encoded when the client asks for it, as it must for keys that XML cannot carry. */
const encoder = (type: string | undefined) => (text: string) => (type === 'url' ? encodeURIComponent(text).replace(/%2F/g, '/') : text);
const most = (asked: number | undefined): number => Math.min(asked ?? 1000, 1000);

const tokenFor = (last: string): string => Buffer.from(`after:${last}`).toString('base64url');
const afterToken = (token: string): string => {
  const [, last] = /^after:(.*)$/s.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (last === undefined) throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', { status: 400 });
  return last;
};

export const listing = {
  ListObjectsV2: (input, ctx) => {
    accept('s3.ListObjectsV2', input, [
      'Bucket',
      'Prefix',
      'Delimiter',
      'MaxKeys',
      'ContinuationToken',
      'StartAfter',
      'EncodingType',
      'FetchOwner',
      'ExpectedBucketOwner',
      'RequestPayer',
    ]);
    const bucket = reach(ctx, input.Bucket, 's3:ListBucket');
    checkOwner(bucket, input.ExpectedBucketOwner);
    const encode = encoder(input.EncodingType);
    const after = input.ContinuationToken === undefined ? (input.StartAfter ?? '') : afterToken(input.ContinuationToken);
    const { items, prefixes, last } = listed(currentOf(bucket), {
      prefix: input.Prefix ?? '',
      delimiter: input.Delimiter,
      most: most(input.MaxKeys),
      after,
    });
    const owner = input.FetchOwner ? { Owner: { ID: ownerId(bucket.account) } } : {};
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      MaxKeys: most(input.MaxKeys),
      KeyCount: items.length + prefixes.length,
      IsTruncated: last !== undefined,
      ...(items.length > 0 ? { Contents: items.map((version) => ({ ...answered(version, encode), ...owner })) } : {}),
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) } : {}),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
      ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      ...(input.ContinuationToken === undefined ? {} : { ContinuationToken: input.ContinuationToken }),
      ...(last === undefined ? {} : { NextContinuationToken: tokenFor(last) }),
    };
  },
  ListObjects: (input, ctx) => {
    accept('s3.ListObjects', input, [
      'Bucket',
      'Prefix',
      'Delimiter',
      'MaxKeys',
      'Marker',
      'EncodingType',
      'ExpectedBucketOwner',
      'RequestPayer',
    ]);
    const bucket = reach(ctx, input.Bucket, 's3:ListBucket');
    const encode = encoder(input.EncodingType);
    const { items, prefixes, last } = listed(currentOf(bucket), {
      prefix: input.Prefix ?? '',
      delimiter: input.Delimiter,
      most: most(input.MaxKeys),
      after: input.Marker ?? '',
    });
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      Marker: encode(input.Marker ?? ''),
      MaxKeys: most(input.MaxKeys),
      IsTruncated: last !== undefined,
      Contents: items.map((version) => answered(version, encode)),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
      // AWS gives NextMarker only with a delimiter: otherwise the last key is the marker.
      ...(last !== undefined && input.Delimiter !== undefined ? { NextMarker: encode(last) } : {}),
    };
  },
  ListObjectVersions: (input, ctx) => {
    accept('s3.ListObjectVersions', input, [
      'Bucket',
      'Prefix',
      'MaxKeys',
      'KeyMarker',
      'VersionIdMarker',
      'EncodingType',
      'ExpectedBucketOwner',
    ]);
    const bucket = reach(ctx, input.Bucket, 's3:ListBucketVersions');
    const encode = encoder(input.EncodingType);
    const all = keysOf(bucket).flatMap((key) => (key.startsWith(input.Prefix ?? '') ? bucket.objects.get(key)! : []));
    const from = versionsAfter(all, input.KeyMarker, input.VersionIdMarker);
    const shown = all.slice(from, from + most(input.MaxKeys));
    const truncated = from + shown.length < all.length;
    const latest = (version: ObjectVersion) => ({
      VersionId: version.versionId,
      IsLatest: bucket.objects.get(version.key)?.[0] === version,
    });
    return {
      Name: bucket.name,
      Prefix: encode(input.Prefix ?? ''),
      MaxKeys: most(input.MaxKeys),
      IsTruncated: truncated,
      Versions: shown
        .filter(({ deleteMarker }) => !deleteMarker)
        .map((version) => ({ ...answered(version, encode), ...latest(version) }) as S3.ObjectVersion),
      DeleteMarkers: shown
        .filter(({ deleteMarker }) => deleteMarker)
        .map((version) => ({ Key: encode(version.key), LastModified: version.lastModified, ...latest(version) })),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      ...(truncated ? { NextKeyMarker: encode(shown.at(-1)!.key), NextVersionIdMarker: shown.at(-1)!.versionId } : {}),
    };
  },
} satisfies Operations<typeof S3>;

const versionsAfter = (all: readonly ObjectVersion[], key: string | undefined, versionId: string | undefined): number => {
  if (key === undefined) return 0;
  const exact = versionId === undefined ? -1 : all.findIndex((version) => version.key === key && version.versionId === versionId);
  if (exact >= 0) return exact + 1;
  const next = all.findIndex((version) => version.key > key);
  return next < 0 ? all.length : next;
};
