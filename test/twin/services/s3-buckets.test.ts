import { expect, test } from '@jest/globals';
import { RegionLost } from '../../../twin/services/dispatcher.js';
import { s3 } from '../../../twin/services/s3/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async () => {
  const world = serviceWorld([s3]);
  await world.call('s3', 'CreateBucket', { Bucket: 'switch', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const anonymously = (operation: string, input: object) =>
    world.world
      .context({ account: '111122223333', region: 'eu-west-1', caller: { principalArn: 'anonymous', via: 'client', ownsClock: false } })
      .call('s3', operation, { Bucket: 'switch', ...input });
  return { ...world, anonymously };
};
const publicRead = (more: object = {}) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::switch/open*', ...more }],
  });
const open = async ({ call }: Awaited<ReturnType<typeof begin>>, Policy = publicRead()) => {
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
  await call('s3', 'PutPublicAccessBlock', { Bucket: 'switch', PublicAccessBlockConfiguration });
  await call('s3', 'PutBucketPolicy', { Bucket: 'switch', Policy });
  await call('s3', 'PutObject', { Bucket: 'switch', Key: 'open', Body: 'yes' });
  await call('s3', 'PutObject', { Bucket: 'switch', Key: 'closed', Body: 'no' });
};

test('a bucket name is taken once in all regions', async () => {
  const { call } = await begin();
  const again = call(
    's3',
    'CreateBucket',
    { Bucket: 'switch', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } },
    'eu-central-1',
  );
  await expect(again).rejects.toMatchObject({ code: 'BucketAlreadyOwnedByYou' });
});

test('a bucket is made in the region that is asked', async () => {
  const { call } = await begin();
  await expect(call('s3', 'CreateBucket', { Bucket: 'other' })).rejects.toMatchObject({ code: 'IllegalLocationConstraintException' });
  expect(await call('s3', 'GetBucketLocation', { Bucket: 'switch' })).toEqual({ LocationConstraint: 'eu-west-1' });
});

test('a bucket is redirected to from other regions, and nobody answers once its region is lost', async () => {
  const { call, world } = await begin();
  await expect(call('s3', 'ListObjectsV2', { Bucket: 'switch' }, 'eu-central-1')).rejects.toMatchObject({ code: 'PermanentRedirect' });
  await world.loseRegion('eu-west-1');
  await expect(call('s3', 'ListObjectsV2', { Bucket: 'switch' }, 'eu-central-1')).rejects.toThrow(RegionLost);
});

test('objects go on without us-east-1, but buckets cannot be made or changed', async () => {
  const { call, world } = await begin();
  await world.loseRegion('us-east-1');
  await call('s3', 'PutObject', { Bucket: 'switch', Key: 'a', Body: '1' });
  await expect(call('s3', 'PutBucketTagging', { Bucket: 'switch', Tagging: { TagSet: [] } })).rejects.toThrow('us-east-1 is lost');
});

test('a bucket with objects cannot be deleted', async () => {
  const { call } = await begin();
  await call('s3', 'PutObject', { Bucket: 'switch', Key: 'a', Body: '1' });
  await expect(call('s3', 'DeleteBucket', { Bucket: 'switch' })).rejects.toMatchObject({ code: 'BucketNotEmpty' });
  await call('s3', 'DeleteObject', { Bucket: 'switch', Key: 'a' });
  await call('s3', 'DeleteBucket', { Bucket: 'switch' });
  await expect(call('s3', 'HeadBucket', { Bucket: 'switch' })).rejects.toMatchObject({ code: 'NotFound' });
});

test('a public policy is refused until the public access block allows it', async () => {
  const { call } = await begin();
  await expect(call('s3', 'PutBucketPolicy', { Bucket: 'switch', Policy: publicRead() })).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('without credentials only what the policy gives to everyone can be read', async () => {
  const world = await begin();
  await open(world);
  await expect(world.anonymously('GetObject', { Key: 'open' })).resolves.toMatchObject({ ContentLength: 3 });
  for (const [operation, Key] of [
    ['GetObject', 'closed'],
    ['GetObject', 'open-but-missing'],
    ['PutObject', 'open'],
    ['ListObjectsV2', undefined],
  ]) {
    await expect(world.anonymously(operation!, { Key })).rejects.toMatchObject({ code: 'AccessDenied' });
  }
});

test('a deny, a condition or the public access block keeps everyone out', async () => {
  const conditional = await begin();
  await open(conditional, publicRead({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }));
  await expect(conditional.anonymously('GetObject', { Key: 'open' })).rejects.toMatchObject({ code: 'AccessDenied' });
  const restricted = await begin();
  await open(restricted);
  const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
  await restricted.call('s3', 'PutPublicAccessBlock', { Bucket: 'switch', PublicAccessBlockConfiguration });
  await expect(restricted.anonymously('GetObject', { Key: 'open' })).rejects.toMatchObject({ code: 'AccessDenied' });
});

test('an object under a KMS key is not read without credentials, whatever the policy says', async () => {
  const world = await begin();
  await open(world);
  await world.call('s3', 'PutObject', { Bucket: 'switch', Key: 'open', Body: 'yes', ServerSideEncryption: 'aws:kms' });
  await expect(world.anonymously('GetObject', { Key: 'open' })).rejects.toMatchObject({ code: 'InvalidArgument' });
});

test('a deny of insecure transport does not close a public object', async () => {
  const world = await begin();
  const { Statement } = JSON.parse(publicRead()) as { Statement: object[] };
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::switch/*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  await open(world, JSON.stringify({ Statement: [...Statement, deny] }));
  await expect(world.anonymously('GetObject', { Key: 'open' })).resolves.toBeDefined();
});

test('CloudFormation makes the bucket that cdk bootstrap asks for', async () => {
  const { call, ctx } = await begin();
  const type = resourceTypeOf(s3, 'AWS::S3::Bucket');
  const properties = {
    BucketName: 'cdk-assets',
    AccessControl: 'Private',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } }],
    },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: {
      Rules: [
        { Id: 'Old', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        { Id: 'Abort', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
      ],
    },
  };
  const { physicalId, attributes } = await type.create(properties, ctx(), resourceNames());
  expect(attributes).toMatchObject({ Arn: 'arn:aws:s3:::cdk-assets', RegionalDomainName: 'cdk-assets.s3.eu-west-1.amazonaws.com' });
  expect(await call('s3', 'GetBucketEncryption', { Bucket: physicalId })).toMatchObject({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
  });
  expect(await call('s3', 'GetBucketLifecycleConfiguration', { Bucket: physicalId })).toMatchObject({
    Rules: [{ ID: 'Old', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }, { ID: 'Abort' }],
  });
  await type.update!(physicalId, { BucketName: 'cdk-assets' }, properties, ctx(), resourceNames());
  expect(await call('s3', 'GetBucketVersioning', { Bucket: physicalId })).toEqual({ Status: 'Suspended' });
  await type.delete(physicalId, {}, ctx());
});
