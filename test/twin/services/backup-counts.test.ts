import { expect, test } from '@jest/globals';
import type { DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { databaseWorld, role } from '../../helpers/database-world.js';

const hour = 3600;

test('an alarm on what is completed in a vault is quiet while recovery points come, and fires when they stop', async () => {
  const world = await databaseWorld(undefined, [cloudWatch]);
  const { call, pass } = world;
  await call('backup', 'CreateBackupVault', { BackupVaultName: 'vault' });
  await call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'age',
    Namespace: 'AWS/Backup',
    MetricName: 'NumberOfRecoveryPointsCompleted',
    Dimensions: [{ Name: 'BackupVaultName', Value: 'vault' }],
    Statistic: 'Sum',
    Period: hour,
    EvaluationPeriods: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
  const state = async () => (await call<DescribeAlarmsCommandOutput>('cloudwatch', 'DescribeAlarms', {})).MetricAlarms?.[0]?.StateValue;
  await pass(4 * hour);
  expect(await state()).toBe('ALARM');
  const { DBInstanceArn: ResourceArn } = await world.database('orders', { StorageEncrypted: true });
  await call('backup', 'StartBackupJob', { BackupVaultName: 'vault', ResourceArn, IamRoleArn: role });
  await pass(2 * hour);
  expect(await state()).toBe('OK');
  await pass(8 * hour);
  expect(await state()).toBe('ALARM');
});
