import { RemovalPolicy } from 'aws-cdk-lib';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface SiteVaultProps {
  readonly vaultName: string;
  readonly key: IKey;
  readonly restoreRoleName: string;
}

/** Where recovery points of or for a site are kept, and the role AWS Backup restores them with. */
export class SiteVault extends Construct {
  readonly vault: BackupVault;
  readonly restoreRole: Role;

  constructor(scope: Construct, id: string, props: SiteVaultProps) {
    super(scope, id);
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: props.vaultName,
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.restoreRole = new Role(this, 'RestoreRole', {
      roleName: props.restoreRoleName,
      description: 'AWS Backup restores databases with this; exists before it is needed',
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForRestores')],
    });
  }
}
