import { expect, test } from '@jest/globals';
import { databaseWorld } from '../../helpers/database-world.js';

const south = 'eu-central-1';
const minute = 60;

const begin = async (more: object = {}) => {
  const { call, ...world } = await databaseWorld();
  const { KeyMetadata } = await call<{ KeyMetadata: { KeyId: string } }>('kms', 'CreateKey', {}, south);
  const AddReplicaRegions = [{ Region: south, KmsKeyId: KeyMetadata.KeyId }];
  const { ARN } = await call<{ ARN: string }>('secrets-manager', 'CreateSecret', { Name: 'mail', AddReplicaRegions, ...more });
  const on = (operation: string, input: object = {}, region?: string) =>
    call('secrets-manager', operation, { SecretId: 'mail', ...input }, region);
  return { ...world, call, on, arn: ARN, key: KeyMetadata.KeyId };
};

test('a value is in the replica after seconds, under the same ARN but for the region', async () => {
  const { on, pass, arn, key } = await begin();
  await pass(minute);
  await on('PutSecretValue', { SecretString: 'given by the third party' });
  await pass(minute);
  expect(await on('GetSecretValue', {}, south)).toMatchObject({
    SecretString: 'given by the third party',
    ARN: arn.replace('eu-west-1', south),
    VersionStages: ['AWSCURRENT'],
  });
  expect(await on('DescribeSecret')).toMatchObject({
    PrimaryRegion: 'eu-west-1',
    ReplicationStatus: [{ Region: south, KmsKeyId: key, Status: 'InSync' }],
  });
  expect(await on('DescribeSecret', {}, south)).toMatchObject({ PrimaryRegion: 'eu-west-1' });
});

test('a replica is read only, and neither it nor what it is of is deleted as long as it is one', async () => {
  const { on, pass } = await begin({ SecretString: 'first' });
  await pass(minute);
  await expect(on('PutSecretValue', { SecretString: 'second' }, south)).rejects.toMatchObject({ code: 'InvalidRequestException' });
  await expect(on('DeleteSecret', {}, south)).rejects.toThrow(/it is a replica/);
  await expect(on('DeleteSecret')).rejects.toThrow(/still has replica regions \[eu-central-1\]/);
  await on('RemoveRegionsFromReplication', { RemoveReplicaRegions: [south] });
  await expect(on('GetSecretValue', {}, south)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await on('DeleteSecret');
});

test('with the primary region lost the replica is read, and made a secret of its own where it is', async () => {
  const { on, pass, world } = await begin({ SecretString: 'first' });
  await pass(minute);
  await on('PutSecretValue', { SecretString: 'never arrives' });
  await world.loseRegion('eu-west-1');
  await pass(10 * minute);
  expect(await on('GetSecretValue', {}, south)).toMatchObject({ SecretString: 'first' });
  await on('StopReplicationToReplica', {}, south);
  await on('PutSecretValue', { SecretString: 'second' }, south);
  expect(await on('GetSecretValue', {}, south)).toMatchObject({ SecretString: 'second' });
  expect(await on('DescribeSecret', {}, south)).not.toHaveProperty('PrimaryRegion');
});

test('what stands in the way there is told: a key that cannot be used, a secret of that name', async () => {
  const { call, on, pass, key } = await begin({ SecretString: 'first' });
  await call('kms', 'DisableKey', { KeyId: key }, south);
  await pass(minute);
  expect(await on('DescribeSecret')).toMatchObject({
    ReplicationStatus: [{ Status: 'Failed', StatusMessage: expect.stringContaining('is not enabled') as unknown }],
  });
  await call('secrets-manager', 'CreateSecret', { Name: 'sms', SecretString: 'own' }, south);
  await call('secrets-manager', 'CreateSecret', { Name: 'sms', SecretString: 'ours', AddReplicaRegions: [{ Region: south }] });
  await pass(minute);
  expect(await call('secrets-manager', 'DescribeSecret', { SecretId: 'sms' })).toMatchObject({
    ReplicationStatus: [{ Status: 'Failed', StatusMessage: expect.stringContaining('conflict') as unknown }],
  });
  expect(await call('secrets-manager', 'GetSecretValue', { SecretId: 'sms' }, south)).toMatchObject({ SecretString: 'own' });
});

test('replicas cannot be had in the region of the secret', async () => {
  const { on } = await begin();
  await expect(on('ReplicateSecretToRegions', { AddReplicaRegions: [{ Region: 'eu-west-1' }] })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
});

test('a stack gives a secret replicas, takes them away, and removes them before the secret', async () => {
  const { call, ctx, pass, type, names, key } = await begin();
  const secret = type('AWS::SecretsManager::Secret');
  const described = (region?: string) => call('secrets-manager', 'DescribeSecret', { SecretId: 'sms' }, region);
  const plain = { Name: 'sms', SecretString: 'value' };
  const replicated = { ...plain, ReplicaRegions: [{ Region: south, KmsKeyId: key }] };
  const { physicalId } = await secret.create(replicated, ctx(), names);
  await pass(minute);
  expect(await described(south)).toMatchObject({ Name: 'sms', KmsKeyId: key });
  await secret.update!(physicalId, plain, replicated, ctx(), names);
  await expect(described(south)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await secret.update!(physicalId, replicated, plain, ctx(), names);
  await pass(minute);
  await secret.delete(physicalId, replicated, ctx());
  expect(await described()).toMatchObject({ DeletedDate: expect.any(Date) as unknown });
});
