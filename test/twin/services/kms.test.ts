import { expect, test } from '@jest/globals';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { kms } from '../../../twin/services/kms/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const begin = async () => {
  const world = serviceWorld([kms]);
  const { KeyMetadata: key } = await world.call<{ KeyMetadata: KeyMetadata & { KeyId: string; Arn: string } }>('kms', 'CreateKey', {
    Description: 'data',
  });
  return { ...world, key };
};
const days = 86_400;
const type = (name: string) => kms.resourceTypes!.find((one) => one.type === name)!;
const names = { stackName: 'Stack', stackId: 'id', logicalId: 'Key', generated: () => 'Stack-Key-1' };

test('a key is found by id, ARN and alias', async () => {
  const { call, key } = await begin();
  await call('kms', 'CreateAlias', { AliasName: 'alias/data', TargetKeyId: key.KeyId });
  for (const KeyId of [key.KeyId, key.Arn, 'alias/data', 'arn:aws:kms:eu-west-1:111122223333:alias/data']) {
    expect(await call('kms', 'DescribeKey', { KeyId })).toMatchObject({
      KeyMetadata: { Arn: key.Arn, KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
    });
  }
});

test('a key belongs to its region', async () => {
  const { call, key } = await begin();
  const find = call('kms', 'DescribeKey', { KeyId: key.Arn }, 'eu-central-1');
  await expect(find).rejects.toMatchObject({ code: 'NotFoundException', message: 'Invalid arn eu-west-1' });
});

test("AWS's own keys come to be at the first look and cannot be changed", async () => {
  const { call } = await begin();
  const look = () => call<{ KeyMetadata: KeyMetadata }>('kms', 'DescribeKey', { KeyId: 'alias/aws/rds' });
  const { KeyMetadata: first } = await look();
  expect(first.KeyManager).toBe('AWS');
  expect((await look()).KeyMetadata.KeyId).toBe(first.KeyId);
  await expect(call('kms', 'DisableKey', { KeyId: 'alias/aws/rds' })).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('an alias moves to another key, and is gone when deleted', async () => {
  const { call, key } = await begin();
  const { KeyMetadata: other } = await call<{ KeyMetadata: KeyMetadata }>('kms', 'CreateKey');
  await call('kms', 'CreateAlias', { AliasName: 'alias/data', TargetKeyId: key.KeyId });
  await expect(call('kms', 'CreateAlias', { AliasName: 'alias/data', TargetKeyId: key.KeyId })).rejects.toMatchObject({
    code: 'AlreadyExistsException',
  });
  await call('kms', 'UpdateAlias', { AliasName: 'alias/data', TargetKeyId: other.KeyId });
  expect(await call('kms', 'ListAliases', { KeyId: key.KeyId })).toMatchObject({ Aliases: [] });
  await call('kms', 'DeleteAlias', { AliasName: 'alias/data' });
  await expect(call('kms', 'DescribeKey', { KeyId: 'alias/data' })).rejects.toMatchObject({ code: 'NotFoundException' });
});

test('a key whose deletion is scheduled is unusable at once and gone after the window', async () => {
  const { call, pass, key } = await begin();
  await call('kms', 'ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays: 7 });
  expect(await call('kms', 'DescribeKey', { KeyId: key.KeyId })).toMatchObject({
    KeyMetadata: { KeyState: 'PendingDeletion', Enabled: false },
  });
  await expect(call('kms', 'Encrypt', { KeyId: key.KeyId, Plaintext: Buffer.from('x') })).rejects.toMatchObject({
    code: 'KMSInvalidStateException',
  });
  await pass(8 * days);
  await expect(call('kms', 'DescribeKey', { KeyId: key.KeyId })).rejects.toMatchObject({ code: 'NotFoundException' });
});

test('a cancelled deletion leaves the key, disabled', async () => {
  const { call, pass, key } = await begin();
  await call('kms', 'ScheduleKeyDeletion', { KeyId: key.KeyId });
  await call('kms', 'CancelKeyDeletion', { KeyId: key.KeyId });
  await pass(40 * days);
  expect(await call('kms', 'DescribeKey', { KeyId: key.KeyId })).toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } });
});

test('what is encrypted is decrypted with the same context and no other', async () => {
  const { call, key } = await begin();
  const { CiphertextBlob } = await call<{ CiphertextBlob: Uint8Array }>('kms', 'Encrypt', {
    KeyId: key.KeyId,
    Plaintext: Buffer.from('a secret'),
    EncryptionContext: { site: 'dublin' },
  });
  expect(Buffer.from(CiphertextBlob).includes('a secret')).toBe(false);
  const open = (EncryptionContext: object) => call<{ Plaintext: Uint8Array }>('kms', 'Decrypt', { CiphertextBlob, EncryptionContext });
  expect(Buffer.from((await open({ site: 'dublin' })).Plaintext).toString()).toBe('a secret');
  await expect(open({ site: 'frankfurt' })).rejects.toMatchObject({ code: 'InvalidCiphertextException' });
  await expect(call('kms', 'Decrypt', { CiphertextBlob }, 'eu-central-1')).rejects.toMatchObject({ code: 'InvalidCiphertextException' });
});

test('a data key opens with the key that made it, unless that is disabled', async () => {
  const { call, key } = await begin();
  const made = await call<{ Plaintext: Uint8Array; CiphertextBlob: Uint8Array }>('kms', 'GenerateDataKey', {
    KeyId: key.KeyId,
    KeySpec: 'AES_256',
  });
  expect(made.Plaintext).toHaveLength(32);
  const open = () => call<{ Plaintext: Uint8Array }>('kms', 'Decrypt', { CiphertextBlob: made.CiphertextBlob });
  expect(Buffer.from((await open()).Plaintext).equals(Buffer.from(made.Plaintext))).toBe(true);
  await call('kms', 'DisableKey', { KeyId: key.KeyId });
  await expect(open()).rejects.toMatchObject({ code: 'DisabledException' });
});

test('a stack makes a key and an alias that describe then finds, and schedules the deletion in its own window', async () => {
  const { call, ctx, pass } = serviceWorld([kms]);
  const properties = {
    KeyPolicy: { Version: '2012-10-17', Statement: [] },
    EnableKeyRotation: true,
    PendingWindowInDays: '7',
    Tags: [{ Key: 'site', Value: 'dublin' }],
  };
  const { physicalId, attributes } = await type('AWS::KMS::Key').create(properties, ctx(), names);
  await type('AWS::KMS::Alias').create({ AliasName: 'alias/data', TargetKeyId: attributes!['Arn'] }, ctx(), names);
  expect(await call('kms', 'DescribeKey', { KeyId: 'alias/data' })).toMatchObject({ KeyMetadata: { KeyId: physicalId } });
  expect(await call('kms', 'GetKeyRotationStatus', { KeyId: physicalId })).toMatchObject({ KeyRotationEnabled: true });
  expect(await call('kms', 'GetKeyPolicy', { KeyId: physicalId })).toMatchObject({ Policy: JSON.stringify(properties.KeyPolicy) });
  const deleting = ctx().operation('stack-1');
  await type('AWS::KMS::Key').delete(physicalId, properties, deleting);
  expect(await deleting.completeOperation('stack-1')).toBe(0);
  expect(await call('kms', 'DescribeKey', { KeyId: physicalId })).toMatchObject({ KeyMetadata: { KeyState: 'PendingDeletion' } });
  await pass(8 * days);
  await expect(call('kms', 'DescribeKey', { KeyId: 'alias/data' })).rejects.toMatchObject({ code: 'NotFoundException' });
});

test('a kind of key the twin does not have is refused', async () => {
  const { call } = await begin();
  await expect(call('kms', 'CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).rejects.toMatchObject({ code: 'NotModelled' });
  await expect(call('kms', 'CreateKey', { MultiRegion: true })).rejects.toMatchObject({ code: 'NotModelled' });
});
