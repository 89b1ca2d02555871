import { describe, expect, test } from '@jest/globals';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ProtectedDatabase } from '../../../lib/constructs/protected-database.js';
import type { SiteFacts } from '../../../lib/contract/outputs.js';
import { databaseShape } from '../../../lib/database-shape.js';
import { ambassify, bench } from '../production-templates.js';

const template = (change: Partial<SiteFacts['database']> = {}) => {
  const { stack, template } = bench();
  const vpc = new Vpc(stack, 'Vpc', {
    natGateways: 0,
    availabilityZones: ['a', 'b'],
    subnetConfiguration: [{ name: 'Database', subnetType: 'Isolated' as never }],
  });
  new ProtectedDatabase(stack, 'Database', {
    shape: { ...databaseShape(ambassify, ambassify.sites.primary), ...change },
    vpc,
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    subnetGroupName: 'subnets',
    parameterGroupName: 'parameters',
    key: new Key(stack, 'Key'),
    secretName: 'login',
  });
  return template();
};

describe('a protected database', () => {
  test('is encrypted, private and kept without anybody asking', () => {
    template().hasResource('AWS::RDS::DBInstance', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template().hasResourceProperties('AWS::RDS::DBInstance', {
      StorageEncrypted: true,
      PubliclyAccessible: false,
      DeletionProtection: true,
      VPCSecurityGroups: ['sg-1'],
      DBSubnetGroupName: 'subnets',
      DBParameterGroupName: 'parameters',
    });
  });

  test('has the shape it is given', () => {
    template({
      instanceClass: 'db.r7g.large',
      allocatedStorageGiB: 500,
      storageType: 'io2',
      multiAz: true,
      engineVersion: '17.5',
      backupRetentionDays: 35,
    }).hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.r7g.large',
      AllocatedStorage: '500',
      StorageType: 'io2',
      MultiAZ: true,
      EngineVersion: '17.5',
      BackupRetentionPeriod: 35,
    });
  });

  test('leaves its login alone: nothing rewrites the secret with an address', () => {
    template().resourceCountIs('AWS::SecretsManager::SecretTargetAttachment', 0);
    expect(JSON.stringify(template().toJSON())).toContain('{{resolve:secretsmanager:login:SecretString:password::}}');
  });
});
