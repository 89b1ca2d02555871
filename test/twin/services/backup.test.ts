import { expect, test } from '@jest/globals';
import { backupWorld, seen, vaultArn } from '../../helpers/backup-world.js';
import { role } from '../../helpers/database-world.js';

const minutes = 60;
const hours = 3600;

test('a backup job makes a recovery point whose creation is the moment of its snapshot', async () => {
  const world = await backupWorld();
  const id = await world.startBackup();
  expect(await seen(world, 15 * minutes, async () => (await world.backupJob(id)).State)).toEqual([
    'CREATED',
    'PENDING',
    'RUNNING',
    'COMPLETED',
  ]);
  const job = await world.backupJob(id);
  expect(job).toMatchObject({ PercentDone: '100.0', RecoveryPointArn: `arn:aws:rds:eu-west-1:111122223333:snapshot:awsbackup:job-${id}` });
  const snapshot = await world.snapshot(`awsbackup:job-${id}`, 'eu-west-1');
  expect(snapshot).toMatchObject({ SnapshotType: 'awsbackup', Status: 'available' });
  const [point] = await world.points('eu-west-1', { ByResourceType: 'RDS', ByResourceArn: world.resource });
  expect(point).toMatchObject({ Status: 'COMPLETED', ResourceArn: world.resource, IsEncrypted: true, EncryptionKeyArn: snapshot.KmsKeyId });
  expect(point!.CreationDate).toEqual(snapshot.SnapshotCreateTime);
  expect(point!.CompletionDate!.getTime()).toBeGreaterThan(point!.CreationDate!.getTime());
});

test('recovery points are found by when they were created', async () => {
  const world = await backupWorld();
  await world.point();
  const between = world.ctx().date();
  const second = await world.point();
  const arns = async (by: object) => (await world.points('eu-west-1', by)).map(({ RecoveryPointArn }) => RecoveryPointArn);
  expect(await arns({})).toHaveLength(2);
  expect(await arns({ ByCreatedAfter: between })).toEqual([second]);
  expect(await arns({ ByCreatedBefore: between })).not.toContain(second);
  expect(await arns({ ByResourceType: 'EBS' })).toEqual([]);
});

test('one resource is backed up or copied by one job at a time', async () => {
  const world = await backupWorld();
  const [first, second] = [await world.startBackup(), await world.startBackup()];
  await world.pass(90);
  expect([(await world.backupJob(first)).State, (await world.backupJob(second)).State].sort()).toEqual(['PENDING', 'RUNNING']);
  await world.pass(30 * minutes);
  const [one, other] = [await world.backupJob(first), await world.backupJob(second)];
  expect([one.State, other.State]).toEqual(['COMPLETED', 'COMPLETED']);
  expect(one.CompletionDate).not.toEqual(other.CompletionDate);
});

test('a backup needs a role that exists and a database that exists; what RDS refuses fails the job', async () => {
  const world = await backupWorld();
  await expect(world.startBackup({ IamRoleArn: `${role}-2` })).rejects.toMatchObject({
    message: `IAM Role ${role}-2 cannot be assumed by AWS Backup`,
  });
  await expect(world.startBackup({ ResourceArn: `${world.resource}-2` })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(world.startBackup({ BackupVaultName: 'nowhere' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await world.call('rds', 'StopDBInstance', { DBInstanceIdentifier: 'orders' });
  const id = await world.startBackup();
  await world.pass(5 * minutes);
  expect(await world.backupJob(id)).toMatchObject({
    State: 'FAILED',
    StatusMessage: expect.stringContaining('not currently in the available state'),
  });
  expect(await world.points('eu-west-1')).toEqual([]);
});

test("a copy is encrypted with its vault's key, and the moment of the original can be found out from RDS", async () => {
  const world = await backupWorld();
  const source = await world.point();
  const id = await world.startCopy(source);
  expect(await seen(world, 30 * minutes, async () => (await world.copyJob(id)).State)).toEqual(['CREATED', 'RUNNING', 'COMPLETED']);
  const [original] = await world.points('eu-west-1');
  const [copy] = await world.points('eu-central-1');
  expect(copy).toMatchObject({
    RecoveryPointArn: `arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:copyjob-${id}`,
    Status: 'COMPLETED',
    ResourceArn: world.resource,
    SourceBackupVaultArn: vaultArn('eu-west-1'),
    EncryptionKeyArn: expect.stringMatching(/^arn:aws:kms:eu-central-1:/),
  });
  expect(copy!.CreationDate).toEqual(original!.CreationDate);
  const snapshot = await world.snapshot(`awsbackup:copyjob-${id}`, 'eu-central-1');
  expect(snapshot.OriginalSnapshotCreateTime).toEqual(original!.CreationDate);
  expect(copy!.CompletionDate!.getTime()).toBeGreaterThan(snapshot.SnapshotCreateTime!.getTime());
});

test('when the source region is lost, completed copies stay and running ones never complete', async () => {
  const world = await backupWorld();
  const complete = await world.copy();
  await world.startCopy(await world.point());
  await world.pass(2 * minutes);
  await world.world.loseRegion('eu-west-1');
  await world.pass(86_400);
  const points = await world.points('eu-central-1');
  expect(points.map(({ Status }) => Status)).toEqual(['COMPLETED', 'CREATING']);
  expect(points[0]!.RecoveryPointArn).toBe(complete);
  await expect(world.restore(points[1]!.RecoveryPointArn!, {})).rejects.toMatchObject({ code: 'InvalidRequestException' });
});

test('a copy that was complete when its source was lost is known to be complete where it is', async () => {
  const world = await backupWorld();
  await world.startCopy(await world.point());
  const there = async () => (await world.snapshot((await world.points('eu-central-1'))[0]!.RecoveryPointArn!, 'eu-central-1')).Status;
  await world.pass(2 * minutes);
  while ((await there()) !== 'available') await world.pass(1);
  await world.world.loseRegion('eu-west-1');
  await world.pass(minutes);
  expect(await world.points('eu-central-1')).toMatchObject([{ Status: 'COMPLETED' }]);
});

test("AWS Backup's snapshots are deleted as recovery points and not through RDS", async () => {
  const world = await backupWorld();
  const RecoveryPointArn = await world.point();
  const id = RecoveryPointArn.split('snapshot:')[1];
  await expect(world.call('rds', 'DeleteDBSnapshot', { DBSnapshotIdentifier: id })).rejects.toMatchObject({
    code: 'InvalidDBSnapshotStateFault',
  });
  await expect(world.call('backup', 'DeleteBackupVault', { BackupVaultName: 'safe' })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
  await world.call('backup', 'DeleteRecoveryPoint', { BackupVaultName: 'safe', RecoveryPointArn });
  await expect(world.snapshot(id!, 'eu-west-1')).rejects.toMatchObject({ code: 'DBSnapshotNotFoundFault' });
  expect(world.dataplane.snapshotNames.size).toBe(0);
  await world.call('backup', 'DeleteBackupVault', { BackupVaultName: 'safe' });
  await expect(world.call('backup', 'DescribeBackupVault', { BackupVaultName: 'safe' })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('a locked vault takes no backup kept too short and lets no recovery point be deleted', async () => {
  const world = await backupWorld();
  const RecoveryPointArn = await world.point();
  await world.call('backup', 'PutBackupVaultLockConfiguration', { BackupVaultName: 'safe', MinRetentionDays: 7, ChangeableForDays: 3 });
  await expect(world.call('backup', 'DeleteRecoveryPoint', { BackupVaultName: 'safe', RecoveryPointArn })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
  const id = await world.startBackup({ Lifecycle: { DeleteAfterDays: 1 } });
  await world.pass(15 * minutes);
  expect(await world.backupJob(id)).toMatchObject({
    State: 'FAILED',
    StatusMessage: expect.stringContaining('shorter than vault safe allows'),
  });
  await world.pass(4 * 86_400);
  await expect(world.call('backup', 'DeleteBackupVaultLockConfiguration', { BackupVaultName: 'safe' })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
});

test('a recovery point is deleted when its lifecycle says so', async () => {
  const world = await backupWorld();
  await world.startBackup({ Lifecycle: { DeleteAfterDays: 2 } });
  await world.pass(86_400);
  expect(await world.points('eu-west-1')).toHaveLength(1);
  await world.pass(86_400 + hours);
  expect(await world.points('eu-west-1')).toHaveLength(0);
  expect(world.dataplane.snapshotNames.size).toBe(0);
});
