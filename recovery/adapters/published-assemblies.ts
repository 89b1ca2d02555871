/**
 * Assemblies in the bootstrap bucket of the alternate's region, each under its digest, so that a recovery needs no source host.
 *
 * 1. Files are written before what names them, and once: a digest that can be found is whole.
 * 2. What is written later is only that it was tested, over the very text that was read.
 * 3. Whatever is read is held against the digest it was asked for.
 */
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import { canonical, sha256 } from '../model/canonical.js';
import { assemblyDigest, publishedAssemblySchema, type PublishedAssembly } from '../model/published-assembly.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';
import { bootstrapBucket } from '../../lib/contract/names.js';

export interface PublishingPlace {
  readonly s3: ReturnType<Aws['s3']>;
  readonly bucket: string;
  readonly account: string;
}

export const publishingPlace = ({ account, sites }: Settings, aws: Aws): PublishingPlace => {
  const { region } = sites.alternate;
  return { s3: aws.s3(region), bucket: bootstrapBucket(account, region), account };
};

/** IAM actions that reading what is published needs. */
export const publishedIam = ['s3:ListBucket', 's3:GetObject'];

const prefix = 'altsite/assemblies/';
const recordKey = (digest: string): string => `${prefix}${digest}/assembly.json`;
const fileKey = (digest: string, name: string): string => `${prefix}${digest}/files/${name}`;
const isCode = (error: unknown, code: string): boolean => error instanceof RecoveryError && error.code === code;

/** Bucket names are the world's, and so a bucket of this name may be a stranger's. */
const at = ({ bucket, account }: PublishingPlace) => ({ Bucket: bucket, ExpectedBucketOwner: account });

/** What is published. */
export interface Published {
  /** Oldest first. */
  readonly assemblies: readonly PublishedAssembly[];
  /** Why a record cannot be believed, by digest: nothing is deployed from it, and it keeps nobody from the others. */
  readonly altered: ReadonlyMap<string, RecoveryError>;
}

/** All that are published. No bucket: none. */
export const publishedIn = async (place: PublishingPlace): Promise<Published> => {
  const digests: string[] = [];
  let token: string | undefined;
  do {
    const asked = { ...at(place), Prefix: prefix, Delimiter: '/', ContinuationToken: token };
    const page = await place.s3.send(new ListObjectsV2Command(asked)).catch((error: unknown) => {
      if (isCode(error, 'NoSuchBucket')) return null;
      throw error;
    });
    digests.push(...(page?.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1)));
    token = page?.NextContinuationToken;
  } while (token !== undefined);
  const altered = new Map<string, RecoveryError>();
  const found = await Promise.all(
    digests.map((digest) =>
      readRecord(place, digest).catch((error: unknown) => {
        if (!(error instanceof RecoveryError) || error.code !== 'altered-assembly') throw error;
        altered.set(digest, error);
        return null;
      }),
    ),
  );
  const assemblies = found.flatMap((one) => (one ? [one.record] : [])).sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
  return { assemblies, altered };
};

/** Null: it was never published, or not wholly. */
const readRecord = async (place: PublishingPlace, digest: string): Promise<{ record: PublishedAssembly; etag: string } | null> => {
  const found = await bytesAt(place, recordKey(digest)).catch((error: unknown) => {
    if (isCode(error, 'NoSuchKey')) return null;
    throw error;
  });
  if (!found) return null;
  const parsed = publishedAssemblySchema.safeParse(jsonIn(found.bytes));
  if (parsed.success && parsed.data.digest === digest && assemblyDigest(parsed.data.files) === digest)
    return { record: parsed.data, etag: found.etag };
  throw alteredBy(place, recordKey(digest), parsed.success ? 'its files are not those of this digest' : parsed.error.message);
};

/** Writes what is not there yet; true: the record says now what it was given, false: it said so before. */
export const publishAssembly = async (place: PublishingPlace, record: PublishedAssembly, directory: string): Promise<boolean> => {
  const before = await readRecord(place, record.digest);
  if (before && (before.record.tested || !record.tested)) return false;
  if (before) {
    const { tested, testedBy, testedAt } = record;
    return written(place, recordKey(record.digest), canonical({ ...before.record, tested, testedBy, testedAt }), { IfMatch: before.etag });
  }
  for (const { name } of record.files)
    await written(place, fileKey(record.digest, name), await readFile(join(directory, name)), { IfNoneMatch: '*' });
  return written(place, recordKey(record.digest), canonical(record), { IfNoneMatch: '*' });
};

/** False: somebody else was first. */
const written = async (
  place: PublishingPlace,
  Key: string,
  Body: string | Uint8Array,
  only: { IfMatch: string } | { IfNoneMatch: '*' },
): Promise<boolean> => {
  try {
    await place.s3.send(new PutObjectCommand({ ...at(place), Key, Body, ...only }));
    return true;
  } catch (error) {
    if (isCode(error, 'PreconditionFailed')) return false;
    throw error;
  }
};

/** Writes a published assembly's files below `directory`. @throws RecoveryError `rejected` naming the file that is not what was published. */
export const fetchAssembly = async (place: PublishingPlace, { digest, files }: PublishedAssembly, directory: string): Promise<void> => {
  for (const { name, sha256: expected } of files) {
    const { bytes } = await bytesAt(place, fileKey(digest, name));
    if (sha256(bytes) !== expected) throw alteredBy(place, fileKey(digest, name), `its SHA-256 is ${sha256(bytes)}, not ${expected}`);
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), bytes);
  }
};

const bytesAt = async (place: PublishingPlace, Key: string): Promise<{ bytes: Uint8Array; etag: string }> => {
  const { Body, ETag = '' } = await place.s3.send(new GetObjectCommand({ ...at(place), Key }));
  return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag };
};

/** Undefined where it is none: the schema says so then. */
const jsonIn = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
};

const alteredBy = ({ bucket }: PublishingPlace, key: string, why: string): RecoveryError =>
  new RecoveryError('rejected', 'altered-assembly', `${bucket}/${key} is not what was published: ${why}`);
