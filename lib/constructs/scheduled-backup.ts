import { Duration, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

export interface ScheduledBackupProps {
  readonly vault: IBackupVault;
  /** Vault in another region that gets a copy of every recovery point; by ARN, so that it need not exist yet. */
  readonly copyToVaultArn: string;
  /** ARNs of what is backed up. */
  readonly resources: readonly string[];
  /** AWS Backup cron expression, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
}

/** The least AWS Backup takes; by default a job may wait eight hours, and no RPO would count them. */
const startWindow = Duration.hours(1);

/** Takes recovery points on a schedule and copies each to where it survives this region. */
export class ScheduledBackup extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledBackupProps) {
    super(scope, id);
    const plan = new BackupPlan(this, 'Plan', { backupVault: props.vault });
    const deleteAfter = Duration.days(props.retentionDays);
    plan.addRule(
      new BackupPlanRule({
        ruleName: 'scheduled',
        scheduleExpression: Schedule.expression(props.schedule),
        deleteAfter,
        startWindow,
        completionWindow: Duration.hours(24),
        copyActions: [
          { destinationBackupVault: BackupVault.fromBackupVaultArn(this, 'CopyDestination', props.copyToVaultArn), deleteAfter },
        ],
      }),
    );
    plan.addSelection('Databases', { resources: props.resources.map((arn) => BackupResource.fromArn(arn)) });
    Validations.of(plan).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      reason: 'AWS keeps this one in step with what a backup calls; only AWS Backup can assume the role',
    });
  }
}
