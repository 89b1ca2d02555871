import { expect, test } from '@jest/globals';
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { iam } from '../../../twin/services/iam/index.js';
import { kms } from '../../../twin/services/kms/index.js';
import { s3 } from '../../../twin/services/s3/index.js';
import { sts } from '../../../twin/services/sts/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const [north, south] = ['eu-west-1', 'eu-central-1'] as const;
const quarter = 900;
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

const bucketIn = async (call: ReturnType<typeof serviceWorld>['call'], Bucket: string, region: string): Promise<void> => {
  await call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: region } }, region);
  await call('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } }, region);
};

const begin = async (rule: object = {}) => {
  const world = serviceWorld([s3, iam, sts, kms]);
  const { call } = world;
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  await call('iam', 'CreateRole', { RoleName: 'replication', AssumeRolePolicyDocument });
  await world.pass(120);
  await bucketIn(call, 'north', north);
  await bucketIn(call, 'south', south);
  const { KeyMetadata } = await call<{ KeyMetadata: { KeyId: string; Arn: string } }>('kms', 'CreateKey', {}, south);
  const inNorth = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    call<Output>('s3', operation, { Bucket: 'north', ...input });
  const inSouth = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    call<Output>('s3', operation, { Bucket: 'south', ...input }, south);
  const Destination = { Bucket: 'arn:aws:s3:::south', EncryptionConfiguration: { ReplicaKmsKeyID: KeyMetadata.Arn } };
  const configure = (Role = 'arn:aws:iam::111122223333:role/replication') =>
    inNorth('PutBucketReplication', {
      ReplicationConfiguration: {
        Role,
        Rules: [{ Status: 'Enabled', Priority: 1, Filter: {}, DeleteMarkerReplication: { Status: 'Enabled' }, Destination, ...rule }],
      },
    });
  return { ...world, inNorth, inSouth, configure, key: KeyMetadata };
};
const head = { operation: 'HeadObject', input: { Key: 'a' } };

test('what is written from now on is in the other region after a while: same version, its key there, REPLICA', async () => {
  const { inNorth, inSouth, configure, pass, key } = await begin();
  await inNorth('PutObject', { Key: 'before', Body: 'old' });
  await configure();
  const { VersionId } = await inNorth<{ VersionId: string }>('PutObject', { Key: 'a', Body: 'hello', Metadata: { by: 'us' } });
  expect(await inNorth(head.operation, head.input)).toMatchObject({ ReplicationStatus: 'PENDING' });
  await expect(inSouth(head.operation, head.input)).rejects.toEqual(code('NotFound'));
  await pass(quarter);
  expect(await inNorth(head.operation, head.input)).toMatchObject({ ReplicationStatus: 'COMPLETED' });
  expect(await inSouth<HeadObjectCommandOutput>(head.operation, head.input)).toMatchObject({
    ReplicationStatus: 'REPLICA',
    VersionId,
    Metadata: { by: 'us' },
    SSEKMSKeyId: key.Arn,
  });
  await expect(inSouth('HeadObject', { Key: 'before' })).rejects.toEqual(code('NotFound'));
});

test('a delete marker is replicated, the deletion of a version is not', async () => {
  const { inNorth, inSouth, configure, pass } = await begin();
  await configure();
  const { VersionId } = await inNorth<{ VersionId: string }>('PutObject', { Key: 'a', Body: 'hello' });
  await pass(quarter);
  await inNorth('DeleteObject', { Key: 'a' });
  await pass(quarter);
  await expect(inSouth(head.operation, head.input)).rejects.toEqual(code('NotFound'));
  await inNorth('DeleteObject', { Key: 'a', VersionId });
  await pass(quarter);
  expect(await inSouth('HeadObject', { Key: 'a', VersionId })).toMatchObject({ ReplicationStatus: 'REPLICA' });
});

test('of two versions written at once the later is on top in both regions, whichever arrives first', async () => {
  const { inNorth, inSouth, configure, pass } = await begin();
  await configure();
  for (let written = 1; written <= 6; written += 1) {
    await inNorth('PutObject', { Key: 'a', Body: `${written}` });
    await pass(1);
  }
  await pass(quarter);
  const top = await inNorth<{ VersionId: string }>('HeadObject', { Key: 'a' });
  expect(await inSouth<{ VersionId: string }>('HeadObject', { Key: 'a' })).toMatchObject({ VersionId: top.VersionId });
});

test('nothing leaves a lost region any more; what had arrived is there', async () => {
  const { inNorth, inSouth, configure, pass, world } = await begin();
  await configure();
  await inNorth('PutObject', { Key: 'a', Body: 'in time' });
  await pass(quarter);
  await inNorth('PutObject', { Key: 'b', Body: 'too late' });
  await world.loseRegion(north);
  await pass(10 * quarter);
  expect(await inSouth('HeadObject', { Key: 'a' })).toMatchObject({ ReplicationStatus: 'REPLICA' });
  await expect(inSouth('HeadObject', { Key: 'b' })).rejects.toEqual(code('NotFound'));
});

test('a destination that is lost is waited for', async () => {
  const { inNorth, inSouth, configure, pass, world } = await begin();
  await configure();
  await world.loseRegion(south);
  await inNorth('PutObject', { Key: 'a', Body: 'hello' });
  await pass(quarter);
  expect(await inNorth('HeadObject', { Key: 'a' })).toMatchObject({ ReplicationStatus: 'PENDING' });
  await world.returnRegion(south);
  await pass(quarter);
  expect(await inSouth('HeadObject', { Key: 'a' })).toMatchObject({ ReplicationStatus: 'REPLICA' });
});

test('without its role or the key there an object is not replicated, and says so', async () => {
  const { inNorth, configure, pass, call, key } = await begin();
  await configure('arn:aws:iam::111122223333:role/nobody');
  await inNorth('PutObject', { Key: 'a', Body: 'hello' });
  await pass(quarter);
  expect(await inNorth('HeadObject', { Key: 'a' })).toMatchObject({ ReplicationStatus: 'FAILED' });
  await configure();
  await call('kms', 'DisableKey', { KeyId: key.KeyId }, south);
  await inNorth('PutObject', { Key: 'b', Body: 'hello' });
  await pass(quarter);
  expect(await inNorth('HeadObject', { Key: 'b' })).toMatchObject({ ReplicationStatus: 'FAILED' });
});

test('what is under a KMS key is replicated only by a rule that says so', async () => {
  const { inNorth, configure } = await begin();
  await configure();
  await inNorth('PutObject', { Key: 'a', Body: 'hello', ServerSideEncryption: 'aws:kms' });
  expect(await inNorth<HeadObjectCommandOutput>('HeadObject', { Key: 'a' })).not.toHaveProperty('ReplicationStatus');
  const named = await begin({ SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } } });
  await named.configure();
  await named.inNorth('PutObject', { Key: 'a', Body: 'hello', ServerSideEncryption: 'aws:kms' });
  expect(await named.inNorth('HeadObject', { Key: 'a' })).toMatchObject({ ReplicationStatus: 'PENDING' });
});

test('a configuration needs versions on both sides, keeps them on, and is told', async () => {
  const { inNorth, inSouth, configure } = await begin();
  await expect(inNorth('GetBucketReplication')).rejects.toEqual(code('ReplicationConfigurationNotFoundError'));
  await inSouth('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
  await expect(configure()).rejects.toMatchObject({ message: 'Destination bucket must have versioning enabled.' });
  await inSouth('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } });
  await configure();
  expect(await inNorth('GetBucketReplication')).toMatchObject({ ReplicationConfiguration: { Rules: [{ Status: 'Enabled' }] } });
  await expect(inNorth('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } })).rejects.toEqual(
    code('InvalidBucketState'),
  );
});

test('a stack replicates a bucket, whose numbers may be text, and stops when its template does', async () => {
  const { ctx, inNorth } = await begin();
  const bucket = s3.resourceTypes!.find(({ type }) => type === 'AWS::S3::Bucket')!;
  const names = { stackName: 'Stack', stackId: 'stack-id', logicalId: 'Thing', generated: () => 'Stack-Thing-1A2B3C' };
  const plain = { BucketName: 'north', VersioningConfiguration: { Status: 'Enabled' } };
  const time = { Status: 'Enabled', Time: { Minutes: '15' } };
  const Destination = {
    Bucket: 'arn:aws:s3:::south',
    ReplicationTime: time,
    Metrics: { Status: 'Enabled', EventThreshold: { Minutes: '15' } },
  };
  const Rules = [{ Id: 'all', Status: 'Enabled', Priority: '1', Filter: { Prefix: '' }, Destination }];
  const replicated = { ...plain, ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/replication', Rules } };
  await bucket.update!('north', replicated, plain, ctx(), names);
  expect(await inNorth('GetBucketReplication')).toMatchObject({
    ReplicationConfiguration: { Rules: [{ ID: 'all', Priority: 1, Destination: { ReplicationTime: { Time: { Minutes: 15 } } } }] },
  });
  await bucket.update!('north', plain, replicated, ctx(), names);
  await expect(inNorth('GetBucketReplication')).rejects.toEqual(code('ReplicationConfigurationNotFoundError'));
});
