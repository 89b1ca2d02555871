import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CutOverSwitch } from '../../../lib/constructs/cut-over-switch.js';
import { DatabaseSecret } from '../../../lib/constructs/database-secret.js';
import { JournalBucket } from '../../../lib/constructs/journal-bucket.js';
import { JsonParameter } from '../../../lib/constructs/json-parameter.js';
import { ProbeAlarm } from '../../../lib/constructs/probe-alarm.js';
import { ScheduledBackup } from '../../../lib/constructs/scheduled-backup.js';
import { SiteKey } from '../../../lib/constructs/site-key.js';
import { WitnessBucket } from '../../../lib/constructs/witness-bucket.js';
import { bench } from '../production-templates.js';

describe('constructs of one resource or two', () => {
  test("a site's key rotates and has the alias it is given", () => {
    const { stack, template } = bench();
    new SiteKey(stack, 'Key', { alias: 'alias/shop-north', siteName: 'north' });
    template().hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template().hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/shop-north' });
    expect(JSON.stringify(template().findResources('AWS::KMS::Key'))).not.toContain('logs.');
  });

  test("a site's key serves the logs of the groups it is told, and no others", () => {
    const { stack, template } = bench();
    new SiteKey(stack, 'Key', { alias: 'alias/shop-north', siteName: 'north', logGroupsUnder: '/shop/north/' });
    template().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
            Condition: {
              ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:/shop/north/*' },
            },
          }),
        ]),
      },
    });
  });

  test('a database login has its user name, and a password that needs no escaping anywhere', () => {
    const { stack, template } = bench();
    new DatabaseSecret(stack, 'Secret', { secretName: 'login', username: 'shop', key: new Key(stack, 'Key') });
    template().hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'login',
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"shop"}',
        GenerateStringKey: 'password',
        PasswordLength: 32,
        ExcludePunctuation: true,
      },
    });
  });

  test('a scheduled backup keeps original and copy equally long', () => {
    const { stack, template } = bench();
    new ScheduledBackup(stack, 'Backup', {
      vault: new BackupVault(stack, 'Vault'),
      copyToVaultArn: 'arn:aws:backup:us-east-2:111122223333:backup-vault:other',
      resources: ['arn:aws:rds:eu-west-1:111122223333:db:one', 'arn:aws:rds:eu-west-1:111122223333:db:two'],
      schedule: 'cron(30 2 * * ? *)',
      retentionDays: 14,
    });
    template().hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({
            ScheduleExpression: 'cron(30 2 * * ? *)',
            StartWindowMinutes: 60,
            Lifecycle: { DeleteAfterDays: 14 },
            CopyActions: [
              { DestinationBackupVaultArn: 'arn:aws:backup:us-east-2:111122223333:backup-vault:other', Lifecycle: { DeleteAfterDays: 14 } },
            ],
          }),
        ],
      },
    });
    template().hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { Resources: [Match.anyValue(), Match.anyValue()] },
    });
  });

  test('the probe alarm fires at 1, once, and is quiet when nothing is published', () => {
    const { stack, template } = bench();
    new ProbeAlarm(stack, 'Probe', {
      alarmName: 'probe',
      metricNamespace: 'Shop',
      metricName: 'Probe',
      siteName: 'north',
      topic: new Topic(stack, 'Alerts'),
    });
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [Match.objectLike({ Ref: Match.stringLikeRegexp('Alerts') })],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Period: 60,
      TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'Site', Value: 'north' }],
    });
  });

  test('the switch is encrypted with a key that anonymous readers need no right to', () => {
    const { stack, template } = bench();
    new CutOverSwitch(stack, 'Switch', { bucketName: 'switch', switchKey: 'flip' });
    template().hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    });
    template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Resource: { 'Fn::Join': ['', [Match.anyValue(), '/flip']] } }),
        ],
      },
    });
  });

  test('the witness is closed to the public and remembers every epoch', () => {
    const { stack, template } = bench();
    new WitnessBucket(stack, 'Witness', { bucketName: 'witness' });
    template().hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('the journal bucket is closed to the public, encrypted, versioned, and can lock what is written', () => {
    const { stack, template } = bench();
    new JournalBucket(stack, 'Journal', { bucketName: 'journal' });
    template().hasResource('AWS::S3::Bucket', {
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        ObjectLockEnabled: true,
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: Match.objectLike({ BlockPublicPolicy: true, RestrictPublicBuckets: true }),
      }),
    });
  });

  test('a JSON parameter is JSON also when CloudFormation fills in a part', () => {
    const { stack, template } = bench();
    const key = new Key(stack, 'Key');
    new JsonParameter(stack, 'Facts', { parameterName: '/facts', description: 'facts', value: { key: key.keyArn, count: 2, yes: true } });
    const [parameter] = Object.values(template().findResources('AWS::SSM::Parameter')) as {
      Properties: { Value: { 'Fn::Join': [string, unknown[]] } };
    }[];
    const text = parameter?.Properties.Value['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'arn')).join('') ?? '';
    expect(JSON.parse(text)).toEqual({ key: 'arn', count: 2, yes: true });
  });
});
