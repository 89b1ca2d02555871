import { expect, test } from '@jest/globals';
import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import type { DBInstance } from '@aws-sdk/client-rds';
import { backupWorld, seen } from '../../helpers/backup-world.js';
import { role } from '../../helpers/database-world.js';

const minutes = 60;

test('a restore job makes the database that is asked for, with the data of the recovery point', async () => {
  const world = await backupWorld();
  const copy = await world.copy();
  await world.world.loseRegion('eu-west-1');
  const group = world.networks['eu-central-1'].securityGroup;
  const metadata = {
    DBInstanceClass: 'db.t4g.large',
    VpcSecurityGroupIds: JSON.stringify([group]),
    MultiAZ: 'true',
    Port: '5444',
    PubliclyAccessible: 'false',
    DeletionProtection: 'true',
    StorageType: 'gp3',
  };
  const { RestoreJobId: id } = await world.restore(copy, metadata);
  expect(await seen(world, 30 * minutes, async () => (await world.restoreJob(id)).Status)).toEqual(['PENDING', 'RUNNING', 'COMPLETED']);
  const made = await world.instance('restored', 'eu-central-1');
  expect(await world.restoreJob(id)).toMatchObject({
    CreatedResourceArn: made.DBInstanceArn,
    PercentDone: '100.00%',
    RecoveryPointArn: copy,
  });
  expect(made).toMatchObject({
    DBInstanceStatus: 'available',
    DBInstanceClass: 'db.t4g.large',
    MultiAZ: true,
    DeletionProtection: true,
    PubliclyAccessible: false,
    VpcSecurityGroups: [{ VpcSecurityGroupId: group }],
    Endpoint: { Port: 5444 },
    StorageEncrypted: true,
    KmsKeyId: expect.stringMatching(/^arn:aws:kms:eu-central-1:/),
  });
  expect(world.password('eu-central-1', made.DbiResourceId!)).toBe('first-password');
  expect(await world.call('backup', 'GetRestoreJobMetadata', { RestoreJobId: id }, 'eu-central-1')).toMatchObject({ Metadata: metadata });
});

test('the same idempotency token is the same restore', async () => {
  const world = await backupWorld();
  const copy = await world.copy();
  const first = await world.restore(copy, {}, { IdempotencyToken: 'run/task/1' });
  const again = await world.restore(copy, {}, { IdempotencyToken: 'run/task/1' });
  await world.pass(30 * minutes);
  const late = await world.restore(copy, {}, { IdempotencyToken: 'run/task/1' });
  expect([again, late]).toEqual([first, first]);
  const { RestoreJobs } = await world.call<{ RestoreJobs: RestoreJobsListMember[] }>('backup', 'ListRestoreJobs', {}, 'eu-central-1');
  expect(RestoreJobs).toHaveLength(1);
  const { DBInstances } = await world.call<{ DBInstances: DBInstance[] }>('rds', 'DescribeDBInstances', {}, 'eu-central-1');
  expect(DBInstances).toHaveLength(1);
});

test.each([
  ['a key nobody documents', { Colour: 'red' }, 'Unrecognized key : Colour'],
  ['a retention, which AWS Backup does not document', { BackupRetentionPeriod: '0' }, 'Unrecognized key : BackupRetentionPeriod'],
  ['a list that is no JSON', { VpcSecurityGroupIds: 'sg-7' }, 'Invalid value for VpcSecurityGroupIds : sg-7'],
  ['a flag that is none', { MultiAZ: 'yes' }, 'Invalid value for MultiAZ : yes'],
  ['no name for the instance', { DBInstanceIdentifier: '' }, 'DBInstanceIdentifier is required'],
])('a restore is refused with %s', async (_what, metadata, message) => {
  const world = await backupWorld();
  const point = await world.point();
  await expect(world.restore(point, metadata, {}, 'eu-west-1')).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining(message),
  });
});

test('what RDS refuses of a restore fails the job with its words', async () => {
  const world = await backupWorld();
  const copy = await world.copy();
  const { RestoreJobId: id } = await world.restore(copy, { DBSubnetGroupName: 'nowhere' });
  await world.pass(2 * minutes);
  expect(await world.restoreJob(id)).toMatchObject({ Status: 'FAILED', StatusMessage: "DB subnet group 'nowhere' does not exist." });
});

test('a restore needs a role that exists and a recovery point that exists', async () => {
  const world = await backupWorld();
  const copy = await world.copy();
  await expect(world.restore(copy, {}, { IamRoleArn: `${role}-2` })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(world.restore(`${copy}-2`, {})).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a recovery point tells what the database was like', async () => {
  const world = await backupWorld({ DeletionProtection: true });
  const RecoveryPointArn = await world.point();
  const { RestoreMetadata } = await world.call<{ RestoreMetadata: Record<string, string> }>('backup', 'GetRecoveryPointRestoreMetadata', {
    BackupVaultName: 'safe',
    RecoveryPointArn,
  });
  expect(RestoreMetadata).toMatchObject({
    DBInstanceIdentifier: 'orders',
    DBInstanceClass: 'db.t4g.medium',
    DeletionProtection: 'true',
    MultiAZ: 'false',
    Port: '5432',
    VpcSecurityGroupIds: JSON.stringify([world.networks['eu-west-1'].defaultSecurityGroup]),
  });
});
