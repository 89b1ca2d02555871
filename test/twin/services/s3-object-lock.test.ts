import { expect, test } from '@jest/globals';
import { s3 } from '../../../twin/services/s3/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async () => {
  const world = serviceWorld([s3]);
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
  await world.call('s3', 'CreateBucket', { Bucket: 'kept', CreateBucketConfiguration, ObjectLockEnabledForBucket: true });
  const call = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('s3', operation, { Bucket: 'kept', ...input });
  const until = (seconds: number): Date => new Date(world.world.now() + seconds * 1_000);
  const put = (more: object = {}) => call<{ VersionId: string }>('PutObject', { Key: 'a', Body: '1', ...more });
  return { ...world, call, until, put };
};
const governance = (until: Date) => ({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until });

test('a bucket made to lock objects is versioned, and stays so', async () => {
  const { call } = await begin();
  expect(await call('GetObjectLockConfiguration')).toEqual({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
  expect(await call('GetBucketVersioning')).toEqual({ Status: 'Enabled' });
  const suspend = call('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
  await expect(suspend).rejects.toMatchObject({ code: 'InvalidBucketState' });
});

test('a bucket that was not has no configuration, and takes no object that is to be kept', async () => {
  const world = await begin();
  await world.call('CreateBucket', { Bucket: 'plain', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const ask = world.call('GetObjectLockConfiguration', { Bucket: 'plain' });
  await expect(ask).rejects.toMatchObject({ code: 'ObjectLockConfigurationNotFoundError' });
  const put = world.put({ Bucket: 'plain', ...governance(world.until(60)) });
  await expect(put).rejects.toMatchObject({ code: 'InvalidRequest' });
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' };
  const configure = world.call('PutObjectLockConfiguration', { Bucket: 'plain', ObjectLockConfiguration });
  await expect(configure).rejects.toMatchObject({ code: 'InvalidBucketState' });
});

test('a version is kept until its date: nobody deletes it but by bypassing governance', async () => {
  const { call, put, until, pass } = await begin();
  const { VersionId } = await put(governance(until(60)));
  expect(await call('HeadObject', { Key: 'a' })).toMatchObject({ ObjectLockMode: 'GOVERNANCE' });
  await expect(call('DeleteObject', { Key: 'a', VersionId })).rejects.toMatchObject({ code: 'AccessDenied' });
  const many = { Delete: { Objects: [{ Key: 'a', VersionId }] } };
  expect(await call('DeleteObjects', many)).toMatchObject({ Errors: [{ Code: 'AccessDenied' }] });
  expect(await call('GetObject', { Key: 'a', VersionId })).toMatchObject({ VersionId });
  await pass(61);
  await call('DeleteObject', { Key: 'a', VersionId });
  await expect(call('GetObject', { Key: 'a', VersionId })).rejects.toMatchObject({ code: 'NoSuchVersion' });

  const other = await put(governance(until(60)));
  await call('DeleteObject', { Key: 'a', VersionId: other.VersionId, BypassGovernanceRetention: true });
});

test('what compliance keeps, bypassing does not loosen', async () => {
  const { call, put, until } = await begin();
  const { VersionId } = await put({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until(60) });
  const deletion = call('DeleteObject', { Key: 'a', VersionId, BypassGovernanceRetention: true });
  await expect(deletion).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('a kept version may be hidden by a marker or a newer one, and be kept longer, not shorter', async () => {
  const { call, put, until } = await begin();
  const { VersionId } = await put(governance(until(60)));
  await put({ Body: '2' });
  await call('DeleteObject', { Key: 'a' });
  const keep = (seconds: number) =>
    call('PutObjectRetention', { Key: 'a', VersionId, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until(seconds) } });
  await keep(120);
  expect(await call('GetObjectRetention', { Key: 'a', VersionId })).toEqual({
    Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until(120) },
  });
  await expect(keep(30)).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('a date that has passed, or half of a retention, is refused', async () => {
  const { put, until } = await begin();
  await expect(put(governance(until(-1)))).rejects.toMatchObject({ code: 'InvalidArgument' });
  await expect(put({ ObjectLockMode: 'GOVERNANCE' })).rejects.toMatchObject({ code: 'InvalidArgument' });
});

test('a bucket keeps by default what it is told to, also what is copied and uploaded in parts', async () => {
  const { call, put } = await begin();
  const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } };
  await call('PutObjectLockConfiguration', { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule } });
  await put();
  await call('CopyObject', { Key: 'b', CopySource: 'kept/a' });
  for (const Key of ['a', 'b'])
    expect(await call('HeadObject', { Key })).toMatchObject({
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: new Date('2030-01-02T02:00:00Z'),
    });
  const half = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE' } } };
  await expect(call('PutObjectLockConfiguration', { ObjectLockConfiguration: half })).rejects.toMatchObject({ code: 'MalformedXML' });
});

test('CloudFormation makes a bucket that locks, with its default', async () => {
  const { ctx, call } = await begin();
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } };
  const VersioningConfiguration = { Status: 'Enabled' };
  await resourceTypeOf(s3, 'AWS::S3::Bucket').create(
    { BucketName: 'made', ObjectLockEnabled: true, ObjectLockConfiguration, VersioningConfiguration },
    ctx(),
    resourceNames('Made'),
  );
  expect(await call('GetObjectLockConfiguration', { Bucket: 'made' })).toEqual({ ObjectLockConfiguration });
});
