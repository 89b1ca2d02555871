import { expect, test } from '@jest/globals';
import type * as S3 from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { s3 } from '../../../twin/services/s3/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async (versioned = false) => {
  const world = serviceWorld([s3]);
  await world.call('s3', 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  if (versioned) await world.call('s3', 'PutBucketVersioning', { Bucket: 'assets', VersioningConfiguration: { Status: 'Enabled' } });
  const on = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('s3', operation, { Bucket: 'assets', ...input });
  const read = async (input: object): Promise<string> => Buffer.from((await on<{ Body: Uint8Array }>('GetObject', input)).Body).toString();
  return { ...world, on, read };
};
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

test('an object comes back as it was put, with the MD5 of its body as ETag', async () => {
  const { on, read } = await begin();
  expect(await on('PutObject', { Key: 'a', Body: 'hello', ContentType: 'text/plain', Metadata: { by: 'us' } })).toMatchObject({
    ETag: '"5d41402abc4b2a76b9719d911017c592"',
    ServerSideEncryption: 'AES256',
  });
  expect(await read({ Key: 'a' })).toBe('hello');
  expect(await on('HeadObject', { Key: 'a' })).toMatchObject({ ContentLength: 5, ContentType: 'text/plain', Metadata: { by: 'us' } });
});

test('a missing key is NoSuchKey to read and NotFound to look at', async () => {
  const { on } = await begin();
  await expect(on('GetObject', { Key: 'a' })).rejects.toEqual(code('NoSuchKey'));
  await expect(on('HeadObject', { Key: 'a' })).rejects.toEqual(code('NotFound'));
});

test('a range returns its bytes, and one past the end is refused', async () => {
  const { on, read } = await begin();
  await on('PutObject', { Key: 'a', Body: 'hello' });
  expect(await read({ Key: 'a', Range: 'bytes=1-2' })).toBe('el');
  expect(await read({ Key: 'a', Range: 'bytes=-2' })).toBe('lo');
  expect(await on('GetObject', { Key: 'a', Range: 'bytes=3-99' })).toMatchObject({ ContentRange: 'bytes 3-4/5', ContentLength: 2 });
  await expect(on('GetObject', { Key: 'a', Range: 'bytes=5-' })).rejects.toEqual(code('InvalidRange'));
});

test('of any number of writers who want the key to be new, exactly one wins', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (writers) => {
      const { on, read } = await begin();
      const tries = Array.from({ length: writers }, (_, i) =>
        on('PutObject', { Key: 'epoch', Body: `${i}`, IfNoneMatch: '*' }).then(() => i),
      );
      const results = await Promise.allSettled(tries);
      const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []));
      expect(won).toHaveLength(1);
      expect(lost.every((each) => each === 'PreconditionFailed')).toBe(true);
      expect(await read({ Key: 'epoch' })).toBe(`${won[0]}`);
    }),
    { numRuns: 20 },
  );
});

test('a write conditional on an ETag succeeds only on that very object', async () => {
  const { on } = await begin();
  await expect(on('PutObject', { Key: 'a', Body: '1', IfMatch: '"0"' })).rejects.toEqual(code('NoSuchKey'));
  const { ETag } = await on<{ ETag: string }>('PutObject', { Key: 'a', Body: '1' });
  await on('PutObject', { Key: 'a', Body: '2', IfMatch: ETag });
  await expect(on('PutObject', { Key: 'a', Body: '3', IfMatch: ETag })).rejects.toEqual(code('PreconditionFailed'));
});

test('a reader with the current ETag is told that nothing changed', async () => {
  const { on } = await begin();
  const { ETag } = await on<{ ETag: string }>('PutObject', { Key: 'a', Body: '1' });
  await expect(on('GetObject', { Key: 'a', IfNoneMatch: ETag })).rejects.toMatchObject({ options: { status: 304 } });
});

test('a body that does not match its checksum is refused', async () => {
  const { on } = await begin();
  await expect(on('PutObject', { Key: 'a', Body: 'x', ChecksumCRC32: 'AAAAAA==' })).rejects.toEqual(code('BadDigest'));
  await expect(on('PutObject', { Key: 'a', Body: 'x', ContentMD5: 'AAAA' })).rejects.toEqual(code('BadDigest'));
});

test('a versioned bucket keeps every version, and a delete only covers them', async () => {
  const { on, read } = await begin(true);
  const one = await on<{ VersionId: string }>('PutObject', { Key: 'a', Body: '1' });
  await on('PutObject', { Key: 'a', Body: '2' });
  const deleted = await on<{ VersionId: string }>('DeleteObject', { Key: 'a' });
  await expect(on('GetObject', { Key: 'a' })).rejects.toEqual(code('NoSuchKey'));
  expect(await read({ Key: 'a', VersionId: one.VersionId })).toBe('1');
  await expect(on('PutObject', { Key: 'a', Body: '3', IfMatch: '*' })).rejects.toEqual(code('NoSuchKey'));
  const listed = await on<S3.ListObjectVersionsCommandOutput>('ListObjectVersions');
  expect([listed.Versions?.length, listed.DeleteMarkers?.length]).toEqual([2, 1]);
  await on('DeleteObject', { Key: 'a', VersionId: deleted.VersionId });
  expect(await read({ Key: 'a' })).toBe('2');
});

test('listing by any page size gives every key once, in order, grouped by delimiter', async () => {
  const key = fc.stringMatching(/^[ab/]{1,5}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (keys, MaxKeys, grouped) => {
        const { on } = await begin();
        for (const Key of keys) await on('PutObject', { Key, Body: '' });
        const seen: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await on<S3.ListObjectsV2CommandOutput>('ListObjectsV2', {
            MaxKeys,
            ContinuationToken,
            ...(grouped ? { Delimiter: '/' } : {}),
          });
          const shown = [...(page.Contents ?? []).map(({ Key }) => Key!), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!)];
          expect(page.KeyCount).toBe(shown.length);
          seen.push(...shown.sort());
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        const expected = grouped ? keys.map((one) => (one.includes('/') ? one.slice(0, one.indexOf('/') + 1) : one)) : keys;
        expect(seen).toEqual([...new Set(expected)].sort());
      },
    ),
    { numRuns: 60 },
  );
});

test('parts make one object, and a part that was never sent is refused', async () => {
  const { on, read } = await begin();
  const { UploadId } = await on<{ UploadId: string }>('CreateMultipartUpload', { Key: 'big' });
  const part = async (PartNumber: number, Body: string) => {
    const { ETag } = await on<{ ETag: string }>('UploadPart', { Key: 'big', UploadId, PartNumber, Body });
    return { PartNumber, ETag };
  };
  const Parts = [await part(1, 'a'.repeat(5 * 1024 * 1024)), await part(2, 'end')];
  const complete = (parts: object[]) =>
    on<{ ETag: string }>('CompleteMultipartUpload', { Key: 'big', UploadId, MultipartUpload: { Parts: parts } });
  await expect(complete([Parts[0]!, { PartNumber: 3, ETag: '"x"' }])).rejects.toEqual(code('InvalidPart'));
  await expect(complete([...Parts].reverse())).rejects.toEqual(code('InvalidPartOrder'));
  expect((await complete(Parts)).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  expect((await read({ Key: 'big' })).endsWith('aend')).toBe(true);
  await expect(complete(Parts)).rejects.toEqual(code('NoSuchUpload'));
});

test('a copy keeps body and metadata', async () => {
  const { on, read } = await begin();
  await on('PutObject', { Key: 'a b', Body: '1', Metadata: { by: 'us' } });
  await on('CopyObject', { Key: 'c', CopySource: 'assets/a%20b' });
  expect(await read({ Key: 'c' })).toBe('1');
  expect(await on('HeadObject', { Key: 'c' })).toMatchObject({ Metadata: { by: 'us' } });
});
