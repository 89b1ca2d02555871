import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { databaseWorld } from '../../helpers/database-world.js';

const region = 'eu-west-1';
interface Key {
  readonly KeyMetadata: { readonly KeyId: string; readonly Arn: string; readonly KeyState: string };
}
const keyWorld = async () => {
  const world = await databaseWorld();
  const key = (await world.call<Key>('kms', 'CreateKey')).KeyMetadata;
  await world.call('secrets-manager', 'CreateSecret', { Name: 'login', SecretString: 'v', KmsKeyId: key.Arn });
  const read = () => world.call('secrets-manager', 'GetSecretValue', { SecretId: 'login' });
  const encrypt = (KeyId: string, where = region) => world.call('kms', 'Encrypt', { KeyId, Plaintext: Buffer.from('x') }, where);
  return { ...world, key, read, encrypt };
};

test('the key looks Enabled, and whoever uses it is refused: KMS says so, Secrets Manager and RDS each in their own words', async () => {
  const { world, call, key, read, encrypt, order } = await keyWorld();
  await injectFault(world, 'kms-denied', { region });
  expect((await call<Key>('kms', 'DescribeKey', { KeyId: key.KeyId })).KeyMetadata.KeyState).toBe('Enabled');
  await expect(encrypt(key.KeyId)).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message:
      `User: arn:aws:iam::111122223333:user/test is not authorized to perform: kms:Encrypt on resource: ${key.Arn} ` +
      'because no resource-based policy allows the kms:Encrypt action',
  });
  await expect(read()).rejects.toMatchObject({
    code: 'InvalidRequestException',
    message: expect.stringMatching(/^Access to KMS is not allowed/),
  });
  const encrypted = call('rds', 'CreateDBInstance', order('orders', { StorageEncrypted: true, KmsKeyId: key.Arn }));
  await expect(encrypted).rejects.toMatchObject({ code: 'KMSKeyNotAccessibleFault' });
});

test('it is over when its time is, and other regions and keys of AWS never know', async () => {
  const { world, call, pass, key, read, encrypt, order } = await keyWorld();
  const elsewhere = (await call<Key>('kms', 'CreateKey', {}, 'eu-central-1')).KeyMetadata;
  await injectFault(world, 'kms-denied', { region, forSeconds: 600 });
  await expect(encrypt(elsewhere.KeyId, 'eu-central-1')).resolves.toMatchObject({});
  await expect(call('rds', 'CreateDBInstance', order('orders', { StorageEncrypted: true }))).resolves.toMatchObject({});
  await pass(600);
  await expect(encrypt(key.KeyId)).resolves.toMatchObject({});
  await expect(read()).resolves.toMatchObject({ SecretString: 'v' });
});

test('one key may be named, by its id or its ARN', async () => {
  const { world, call, key, encrypt } = await keyWorld();
  const other = (await call<Key>('kms', 'CreateKey')).KeyMetadata;
  await injectFault(world, 'kms-denied', { region, with: { key: key.Arn } });
  await expect(encrypt(key.KeyId)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(encrypt(other.KeyId)).resolves.toMatchObject({});
});

test('a restore job from a vault whose key is denied fails with what RDS said', async () => {
  const world = await backupWorld();
  const key = (await world.call<Key>('kms', 'CreateKey', {}, 'eu-central-1')).KeyMetadata;
  const vault = { BackupVaultName: 'keyed', EncryptionKeyArn: key.Arn };
  await world.call('backup', 'CreateBackupVault', vault, 'eu-central-1');
  const destination = { DestinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:keyed' };
  const copy = await world.startCopy(await world.point(), destination);
  await world.pass(3600);
  await injectFault(world.world, 'kms-denied', { region: 'eu-central-1' });
  const { RestoreJobId } = await world.restore((await world.copyJob(copy)).DestinationRecoveryPointArn!, {});
  await world.pass(3600);
  const failed = { Status: 'FAILED', StatusMessage: expect.stringContaining('do not have permissions to access it') };
  expect(await world.restoreJob(RestoreJobId)).toMatchObject(failed);
});
