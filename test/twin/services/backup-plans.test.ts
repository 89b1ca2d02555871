import { expect, test } from '@jest/globals';
import { backupWorld, vaultArn } from '../../helpers/backup-world.js';
import { role } from '../../helpers/database-world.js';

const hours = 3600;

const plan = (more: object = {}) => ({
  BackupPlanName: 'hourly',
  Rules: [
    {
      RuleName: 'scheduled',
      TargetBackupVaultName: 'safe',
      ScheduleExpression: 'cron(0 * * * ? *)',
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [{ DestinationBackupVaultArn: vaultArn('eu-central-1'), Lifecycle: { DeleteAfterDays: 35 } }],
      ...more,
    },
  ],
});

test('a plan backs up what is selected by tag on its schedule, and copies it', async () => {
  const world = await backupWorld({ Tags: [{ Key: 'backup', Value: 'yes' }] });
  await world.database('other', {});
  const { BackupPlanId } = await world.call<{ BackupPlanId: string }>('backup', 'CreateBackupPlan', { BackupPlan: plan() });
  const ListOfTags = [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }];
  await world.call('backup', 'CreateBackupSelection', {
    BackupPlanId,
    BackupSelection: { SelectionName: 'tagged', IamRoleArn: role, ListOfTags },
  });
  const began = world.world.now();
  await world.pass(3 * hours);
  const points = await world.points('eu-west-1', { ByBackupPlanId: BackupPlanId });
  expect(points).toHaveLength(3);
  for (const { CreationDate, ResourceArn } of points) {
    expect(ResourceArn).toBe(world.resource);
    expect(CreationDate!.getUTCMinutes()).toBeLessThan(2);
    expect(CreationDate!.getTime()).toBeGreaterThan(began);
  }
  const copies = await world.points('eu-central-1');
  expect(copies.length).toBeGreaterThanOrEqual(2);
  expect(copies[0]!.CreatedBy).toMatchObject({ BackupPlanId });
});

test('a plan that is changed keeps its new schedule only, and a deleted one runs no more', async () => {
  const world = await backupWorld();
  const { BackupPlanId } = await world.call<{ BackupPlanId: string }>('backup', 'CreateBackupPlan', { BackupPlan: plan() });
  const { SelectionId } = await world.call<{ SelectionId: string }>('backup', 'CreateBackupSelection', {
    BackupPlanId,
    BackupSelection: { SelectionName: 'all', IamRoleArn: role, Resources: ['arn:aws:rds:*:*:db:*'] },
  });
  await world.call('backup', 'UpdateBackupPlan', { BackupPlanId, BackupPlan: plan({ ScheduleExpression: 'cron(30 5 * * ? *)' }) });
  await world.pass(8 * hours);
  expect(await world.points('eu-west-1')).toHaveLength(1);
  await expect(world.call('backup', 'DeleteBackupPlan', { BackupPlanId })).rejects.toMatchObject({ code: 'InvalidRequestException' });
  await world.call('backup', 'DeleteBackupSelection', { BackupPlanId, SelectionId });
  await world.call('backup', 'DeleteBackupPlan', { BackupPlanId });
  await world.pass(86_400);
  expect(await world.points('eu-west-1')).toHaveLength(1);
});

test('a schedule outlives the stack operation that made it and is not run through by it', async () => {
  const world = await backupWorld();
  const ctx = world.ctx().onBehalf('cloudformation').operation('stack-1');
  const properties = {
    BackupPlan: {
      BackupPlanName: 'hourly',
      BackupPlanRule: [
        { RuleName: 'scheduled', TargetBackupVault: 'safe', ScheduleExpression: 'cron(0 * * * ? *)', StartWindowMinutes: '60' },
      ],
    },
  };
  const made = await world.type('AWS::Backup::BackupPlan').create(properties, ctx, world.names);
  const BackupSelection = { SelectionName: 'database', IamRoleArn: role, Resources: [world.resource] };
  await world.type('AWS::Backup::BackupSelection').create({ BackupPlanId: made.physicalId, BackupSelection }, ctx, world.names);
  expect(await ctx.completeOperation('stack-1')).toBe(0);
  expect(await world.points('eu-west-1')).toEqual([]);
  await world.pass(2 * hours);
  expect(await world.points('eu-west-1')).toHaveLength(2);
});

test('a stack makes the vault that describe then finds, and takes it away again', async () => {
  const world = await backupWorld();
  const type = world.type('AWS::Backup::BackupVault');
  const properties = {
    BackupVaultName: 'second',
    AccessPolicy: { Version: '2012-10-17', Statement: [] },
    LockConfiguration: { MinRetentionDays: '7' },
    BackupVaultTags: { site: 'dublin' },
  };
  const { physicalId, attributes } = await type.create(properties, world.ctx(), world.names);
  expect(attributes).toEqual({ BackupVaultName: 'second', BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:second' });
  expect(await world.call('backup', 'DescribeBackupVault', { BackupVaultName: physicalId })).toMatchObject({
    Locked: true,
    MinRetentionDays: 7,
  });
  await type.update!(physicalId, { BackupVaultName: 'second' }, properties, world.ctx(), world.names);
  expect(await world.call('backup', 'DescribeBackupVault', { BackupVaultName: physicalId })).toMatchObject({ Locked: false });
  expect(await world.call('backup', 'ListTags', { ResourceArn: attributes!['BackupVaultArn'] })).toEqual({ Tags: {} });
  await type.delete(physicalId, {}, world.ctx());
  await expect(world.call('backup', 'ListRecoveryPointsByBackupVault', { BackupVaultName: physicalId })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});
