import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { statefulTypes } from '../../lib/contract/stateful-types.js';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
}
const text = readFileSync('lib/contract/event-execution-policy.json', 'utf8');
const { Statement: statements } = JSON.parse(text) as { Statement: readonly Statement[] };

/** IAM's rule, over actions alone: what any statement denies is denied, what none allows is too. */
const says = (action: string): 'allowed' | 'denied' | 'not allowed' => {
  const matching = statements.filter(({ Action }) =>
    [Action].flat().some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action)),
  );
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return matching.length ? 'allowed' : 'not allowed';
};
const saidOf = (actions: readonly string[]) => actions.map((action) => `${action} ${says(action)}`);
const all = (actions: readonly string[], answer: string) => actions.map((action) => `${action} ${answer}`);

/** What CloudFormation calls to take away what has data, or the way to it. */
const takenAwayBy: Readonly<Record<string, readonly string[]>> = {
  'AWS::Backup::BackupVault': ['backup:DeleteBackupVault', 'backup:DeleteRecoveryPoint'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb:DeleteTable'],
  'AWS::DynamoDB::Table': ['dynamodb:DeleteTable', 'dynamodb:DeleteItem'],
  'AWS::ECR::Repository': ['ecr:DeleteRepository', 'ecr:BatchDeleteImage'],
  'AWS::EFS::FileSystem': ['elasticfilesystem:DeleteFileSystem'],
  'AWS::KMS::Key': ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
  'AWS::KMS::ReplicaKey': ['kms:ScheduleKeyDeletion'],
  'AWS::Logs::LogGroup': ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy'],
  'AWS::RDS::DBCluster': ['rds:DeleteDBCluster'],
  'AWS::RDS::DBInstance': ['rds:DeleteDBInstance', 'rds:DeleteDBSnapshot', 'rds:DeleteDBInstanceAutomatedBackup'],
  'AWS::Route53::HostedZone': ['route53:DeleteHostedZone'],
  'AWS::Route53RecoveryControl::Cluster': ['route53-recovery-control-config:DeleteCluster'],
  'AWS::Route53RecoveryControl::RoutingControl': ['route53-recovery-control-config:DeleteRoutingControl'],
  'AWS::S3::Bucket': ['s3:DeleteBucket', 's3:DeleteObjectVersion', 's3:PutLifecycleConfiguration'],
  'AWS::SecretsManager::Secret': ['secretsmanager:DeleteSecret'],
};

describe('what CloudFormation executes with during an event', () => {
  test('cannot take away anything of a type that holds data', () => {
    expect(Object.keys(takenAwayBy)).toEqual(statefulTypes);
    const actions = Object.values(takenAwayBy).flat();
    expect(saidOf(actions)).toEqual(all(actions, 'denied'));
  });

  test('cannot write IAM, Route 53 or an account', () => {
    const iam = [
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'iam:AttachRolePolicy',
      'iam:DeleteRole',
      'iam:UpdateAssumeRolePolicy',
      'iam:TagRole',
    ];
    const other = ['route53:ChangeResourceRecordSets', 'route53:CreateHostedZone', 'organizations:LeaveOrganization', 'sts:AssumeRole'];
    expect(saidOf([...iam, ...other])).toEqual(all([...iam, ...other], 'denied'));
  });

  test('can do what an event deploys: another capacity, and an adopted database that is changed in place', () => {
    const actions = [
      ...['ecs:UpdateService', 'ecs:DescribeServices', 'ecs:RegisterTaskDefinition', 'cloudwatch:PutMetricAlarm', 'iam:PassRole'],
      ...['rds:DescribeDBInstances', 'rds:ModifyDBInstance', 'rds:AddTagsToResource', 'ssm:GetParameters', 'ec2:DescribeSubnets'],
    ];
    expect(saidOf(actions)).toEqual(all(actions, 'allowed'));
  });

  test('fits a managed policy: 6,144 characters without white space', () => {
    expect(text.replaceAll(/\s/g, '').length).toBeLessThan(6_144);
  });
});
