import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { BackupSettings } from '../contract/backup-settings.js';

export interface SiteVaultProps {
  readonly vaultName: string;
  readonly key: IKey;
  readonly restoreRoleName: string;
  readonly lock: BackupSettings['lock'];
}

/** Where recovery points of or for a site are kept, locked and never deleted by hand, and the role AWS Backup restores them with. */
export class SiteVault extends Construct {
  readonly vault: BackupVault;
  readonly restoreRole: Role;

  constructor(scope: Construct, id: string, props: SiteVaultProps) {
    super(scope, id);
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: props.vaultName,
      encryptionKey: props.key,
      accessPolicy: new PolicyDocument({ statements: [nobodyDeletes()] }),
      lockConfiguration: vaultLock(props.lock),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.restoreRole = new Role(this, 'RestoreRole', {
      roleName: props.restoreRoleName,
      description: 'AWS Backup restores databases with this; exists before it is needed',
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForRestores')],
    });
    Validations.of(this.restoreRole).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores]',
      reason: 'AWS keeps this one in step with what a restore calls; only AWS Backup can assume the role',
    });
  }
}

/** Without days to change it in, a lock is in governance mode: who is allowed to may still lift it (AWS Backup developer guide, "Vault Lock"). */
export const vaultLock = ({ minRetentionDays, maxRetentionDays, changeableForDays }: BackupSettings['lock']) => ({
  minRetention: Duration.days(minRetentionDays),
  ...(maxRetentionDays === undefined ? {} : { maxRetention: Duration.days(maxRetentionDays) }),
  ...(changeableForDays === undefined ? {} : { changeableFor: Duration.days(changeableForDays) }),
});

/** AWS Backup itself, which lets recovery points expire, is no principal here. */
export const nobodyDeletes = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'NobodyDeletesOrShortens',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DeleteBackupVault'],
    resources: ['*'],
  });
