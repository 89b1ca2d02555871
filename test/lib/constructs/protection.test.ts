import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RecoveryPointAgeAlarm } from '../../../lib/constructs/recovery-point-age-alarm.js';
import { SiteVault } from '../../../lib/constructs/site-vault.js';
import { hoursWithoutRecoveryPoint } from '../../../lib/recovery-point-age.js';
import { ambassify, bench } from '../production-templates.js';

describe('a vault', () => {
  test('is locked in governance mode, lets nobody delete, and has a role that only AWS Backup may use', () => {
    const { stack, template } = bench();
    new SiteVault(stack, 'Protection', {
      vaultName: 'vault',
      key: new Key(stack, 'Key'),
      restoreRoleName: 'restore',
      lock: { mode: 'governance', minRetentionDays: 7 },
    });
    template().hasResourceProperties('AWS::Backup::BackupVault', {
      BackupVaultName: 'vault',
      EncryptionKeyArn: Match.anyValue(),
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: Match.absent(), ChangeableForDays: Match.absent() },
      AccessPolicy: {
        Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: Match.arrayWith(['backup:DeleteRecoveryPoint']), Resource: '*' }],
      },
    });
    template().hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'restore',
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'backup.amazonaws.com' } })] },
    });
  });

  test('asked for compliance says until when that can be taken back, and how long is too long', () => {
    const { stack, template } = bench();
    new SiteVault(stack, 'Protection', {
      vaultName: 'vault',
      key: new Key(stack, 'Key'),
      restoreRoleName: 'restore',
      lock: { mode: 'compliance', minRetentionDays: 30, maxRetentionDays: 400, changeableForDays: 5 },
    });
    template().hasResourceProperties('AWS::Backup::BackupVault', {
      LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 400, ChangeableForDays: 5 },
    });
  });
});

describe("the age of a vault's newest recovery point", () => {
  test('is alarming when AWS Backup counted none for so many hours, silence included', () => {
    const { stack, template } = bench();
    new RecoveryPointAgeAlarm(stack, 'Age', {
      alarmName: 'age',
      vaultName: 'vault',
      hours: 19,
      topicArn: 'arn:aws:sns:eu-west-1:1:alerts',
    });
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Backup',
      MetricName: 'NumberOfRecoveryPointsCompleted',
      Dimensions: [{ Name: 'BackupVaultName', Value: 'vault' }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 19,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      AlarmActions: ['arn:aws:sns:eu-west-1:1:alerts'],
      OKActions: ['arn:aws:sns:eu-west-1:1:alerts'],
    });
  });

  test.each([
    ['hourly, with a day of RPO: a day less backup, copy and what CloudWatch is late by', 'cron(0 * * * ? *)', 24, 19],
    ['daily, with hardly more of RPO: never so soon that a kept schedule alarms', 'cron(0 3 * * ? *)', 27, 25],
    ['weekly, with a year of RPO: no longer than CloudWatch looks back', 'cron(0 3 ? * SUN *)', 8760, 168],
  ])('%s', (_what, schedule, rpoHours, hours) => {
    const settings = { ...ambassify, objectives: { rpoHours }, backup: { ...ambassify.backup, schedule } };
    expect(hoursWithoutRecoveryPoint(settings)).toBe(hours);
  });
});
