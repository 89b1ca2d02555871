import { expect, test } from '@jest/globals';
import { backupWorld, vaultArn } from '../../helpers/backup-world.js';
import { role } from '../../helpers/database-world.js';

const minutes = 60;
type World = Awaited<ReturnType<typeof backupWorld>>;

const forbid = (world: World, Action: string, region = 'eu-west-1', Principal: object = { AWS: '*' }) =>
  world.call(
    'backup',
    'PutBackupVaultAccessPolicy',
    { BackupVaultName: 'safe', Policy: JSON.stringify({ Statement: [{ Effect: 'Deny', Principal, Action, Resource: '*' }] }) },
    region,
  );

test('a request that lacks something says what', async () => {
  const world = await backupWorld();
  const missing = (operation: string, input: object, name: string) =>
    expect(world.call('backup', operation, input)).rejects.toMatchObject({
      code: 'MissingParameterValueException',
      message: expect.stringContaining(name),
    });
  await missing('StartBackupJob', { ResourceArn: world.resource, IamRoleArn: role }, 'BackupVaultName');
  await missing('StartBackupJob', { BackupVaultName: 'safe', ResourceArn: world.resource }, 'IamRoleArn');
  await missing('StartCopyJob', { SourceBackupVaultName: 'safe', DestinationBackupVaultArn: vaultArn('eu-central-1') }, 'RecoveryPointArn');
  await missing('StartRestoreJob', { RecoveryPointArn: 'any', IamRoleArn: role }, 'Metadata');
});

test('a recovery point that is not complete is neither copied, restored nor deleted', async () => {
  const world = await backupWorld();
  await world.startBackup();
  await world.pass(2 * minutes);
  const [point] = await world.points('eu-west-1');
  expect(point!.Status).toBe('CREATING');
  const refused = { code: 'InvalidRequestException' };
  await expect(world.startCopy(point!.RecoveryPointArn!)).rejects.toMatchObject(refused);
  await expect(world.restore(point!.RecoveryPointArn!, {}, {}, 'eu-west-1')).rejects.toMatchObject(refused);
  const deletion = { BackupVaultName: 'safe', RecoveryPointArn: point!.RecoveryPointArn };
  await expect(world.call('backup', 'DeleteRecoveryPoint', deletion)).rejects.toMatchObject(refused);
});

test('a copy goes to another vault, which has to be there', async () => {
  const world = await backupWorld();
  const point = await world.point();
  const copyTo = (DestinationBackupVaultArn: string) => world.startCopy(point, { DestinationBackupVaultArn });
  await expect(copyTo(vaultArn('eu-west-1'))).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(copyTo('arn:aws:s3:::bucket')).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(copyTo(`${vaultArn('eu-central-1')}-2`)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await expect(world.startCopy(`${point}-2`)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test("what a vault's policy forbids is denied, and nothing else", async () => {
  const world = await backupWorld();
  const point = await world.point();
  const deletion = { BackupVaultName: 'safe', RecoveryPointArn: point };
  await forbid(world, 'backup:DeleteRecoveryPoint');
  await expect(world.call('backup', 'DeleteRecoveryPoint', deletion)).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining('explicit deny'),
  });
  await world.startBackup();
  await forbid(world, 'backup:Start*');
  await expect(world.startBackup()).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(world.restore(point, {}, {}, 'eu-west-1')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await forbid(world, 'backup:*', 'eu-west-1', { AWS: 'arn:aws:iam::111122223333:role/somebody-else' });
  await world.call('backup', 'DeleteRecoveryPoint', deletion);
});

test('a vault that takes no copies fails the copy job, not the request', async () => {
  const world = await backupWorld();
  const point = await world.point();
  await forbid(world, 'backup:CopyIntoBackupVault', 'eu-central-1', { AWS: role });
  const id = await world.startCopy(point);
  await world.pass(5 * minutes);
  expect(await world.copyJob(id)).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringContaining('backup:CopyIntoBackupVault') });
  expect(await world.points('eu-central-1')).toEqual([]);
});

test("when the destination vault's key cannot be used, the copy job fails and says so", async () => {
  const world = await backupWorld();
  const { KeyMetadata } = await world.call<{ KeyMetadata: { Arn: string } }>('kms', 'CreateKey', {}, 'eu-central-1');
  const vault = { BackupVaultName: 'sealed', EncryptionKeyArn: KeyMetadata.Arn };
  await world.call('backup', 'CreateBackupVault', vault, 'eu-central-1');
  const point = await world.point();
  await world.call('kms', 'DisableKey', { KeyId: KeyMetadata.Arn }, 'eu-central-1');
  const id = await world.startCopy(point, { DestinationBackupVaultArn: vaultArn('eu-central-1').replace('safe', 'sealed') });
  await world.pass(5 * minutes);
  expect(await world.copyJob(id)).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringContaining(KeyMetadata.Arn) });
});

test('what RDS refuses of a restore is the message of its job: a name that is taken, a quota, a key', async () => {
  const world = await backupWorld();
  const point = await world.point();
  const outcome = async (metadata: object) => {
    const { RestoreJobId } = await world.restore(point, metadata, {}, 'eu-west-1');
    await world.pass(5 * minutes);
    return world.call('backup', 'DescribeRestoreJob', { RestoreJobId });
  };
  expect(await outcome({ DBInstanceIdentifier: 'orders' })).toMatchObject({
    Status: 'FAILED',
    StatusMessage: 'DB instance already exists',
  });
  expect(await outcome({ DBInstanceClass: 'db.t1.giant' })).toMatchObject({
    Status: 'FAILED',
    StatusMessage: expect.stringContaining('db.t1.giant'),
  });
  for (let n = 2; n <= 40; n++) await world.call('rds', 'CreateDBInstance', world.order(`orders-${n}`));
  expect(await outcome({})).toMatchObject({ Status: 'FAILED', StatusMessage: 'Cannot create more than 40 DB instances' });
});

test('windows, locks, policies and pages that make no sense are refused by value', async () => {
  const world = await backupWorld();
  const refused = { code: 'InvalidParameterValueException' };
  await expect(world.startBackup({ StartWindowMinutes: 59 })).rejects.toMatchObject(refused);
  await expect(world.startBackup({ StartWindowMinutes: 120, CompleteWindowMinutes: 150 })).rejects.toMatchObject(refused);
  await expect(world.startBackup({ Lifecycle: { DeleteAfterDays: 0 } })).rejects.toMatchObject(refused);
  for (const lock of [
    { ChangeableForDays: 2 },
    { MinRetentionDays: 0 },
    { MaxRetentionDays: 40_000 },
    { MinRetentionDays: 9, MaxRetentionDays: 8 },
  ]) {
    await expect(world.call('backup', 'PutBackupVaultLockConfiguration', { BackupVaultName: 'safe', ...lock })).rejects.toMatchObject(
      refused,
    );
  }
  await expect(world.call('backup', 'PutBackupVaultAccessPolicy', { BackupVaultName: 'safe', Policy: 'nonsense' })).rejects.toMatchObject(
    refused,
  );
  for (const operation of ['ListBackupJobs', 'ListCopyJobs', 'ListRestoreJobs', 'ListBackupVaults', 'ListBackupPlans']) {
    for (const wrong of [{ NextToken: 'nonsense' }, { MaxResults: 0 }, { MaxResults: 1001 }])
      await expect(world.call('backup', operation, wrong)).rejects.toMatchObject(refused);
  }
});

test('a name that is taken is refused', async () => {
  const world = await backupWorld();
  await expect(world.call('backup', 'CreateBackupVault', { BackupVaultName: 'safe' })).rejects.toMatchObject({
    code: 'AlreadyExistsException',
    message: 'Backup vault with the same name already exists: safe',
  });
});
