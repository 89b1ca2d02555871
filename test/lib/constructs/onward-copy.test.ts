import { describe, expect, test } from '@jest/globals';
import { OnwardCopy } from '../../../lib/constructs/onward-copy.js';
import { ambassify, bench, resourcesOf, synthesise } from '../production-templates.js';

describe('copies on to a separate account', () => {
  test('are not there where no account is named', () => {
    const { templates } = synthesise();
    expect([...templates.keys()].filter((path) => path.startsWith('Backup'))).toEqual([]);
    expect(JSON.stringify([...templates.values()])).not.toContain('AWS::StepFunctions');
  });

  test('begin when a recovery point is complete, by one call without any code, once for each event', () => {
    const { stack, template } = bench();
    new OnwardCopy(stack, 'Onward', {
      vaultName: 'south-vault',
      toVaultArn: 'arn:aws:backup:eu-west-1:444455556666:backup-vault:separate',
      retentionDays: 35,
      roleName: 'onward-copy',
    });
    template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Recovery Point State Change'],
        detail: { status: ['COMPLETED'], backupVaultName: ['south-vault'] },
      },
    });
    const machine = JSON.stringify(template().findResources('AWS::StepFunctions::StateMachine'));
    for (const part of ['aws-sdk:backup:startCopyJob', 'south-vault', '444455556666:backup-vault:separate', '$.eventId', 'DeleteAfterDays'])
      expect(machine).toContain(part);
    expect(Object.keys(template().findResources('AWS::Lambda::Function'))).toEqual([]);
  });

  test("go from the alternate's vault into that of the named account, which is locked, under its own key, and takes only what production puts", () => {
    const { stacks, templates } = synthesise({ ...ambassify, backup: { ...ambassify.backup, account: '444455556666' } });
    const separate = stacks.get('Backup/BackupAccount');
    expect([separate?.account, separate?.region, separate?.stackName]).toEqual([
      '444455556666',
      'eu-central-1',
      'ambassify-frankfurt-backup-account',
    ]);
    const template = templates.get('Backup/BackupAccount')!;
    const vault = resourcesOf(template, 'AWS::Backup::BackupVault')[0]?.[1];
    expect(vault?.Properties).toMatchObject({
      BackupVaultName: 'ambassify-frankfurt-vault-separate',
      LockConfiguration: { MinRetentionDays: 7 },
      AccessPolicy: {
        Statement: [{ Effect: 'Deny' }, { Effect: 'Allow', Action: 'backup:CopyIntoBackupVault' }],
      },
    });
    expect(resourcesOf(template, 'AWS::KMS::Key')).toHaveLength(1);
    expect(resourcesOf(template, 'AWS::CloudWatch::Alarm')[0]?.[1].Properties).toMatchObject({ EvaluationPeriods: 17 });
    const alternate = JSON.stringify(templates.get('Alternate/Data'));
    expect(alternate).toContain('arn:aws:backup:eu-central-1:444455556666:backup-vault:ambassify-frankfurt-vault-separate');
    expect(JSON.stringify(resourcesOf(templates.get('Alternate/Data')!, 'AWS::KMS::Key'))).toContain('444455556666');
    expect(JSON.stringify(templates.get('Primary/Data'))).not.toContain('StepFunctions');
  });
});
