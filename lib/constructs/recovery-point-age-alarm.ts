import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface RecoveryPointAgeAlarmProps {
  readonly alarmName: string;
  readonly vaultName: string;
  /** Hours without a new recovery point after which it fires; see `hoursWithoutRecoveryPoint`. */
  readonly hours: number;
  /** ARN of the topic of all alarms of the site; need not exist yet. */
  readonly topicArn: string;
}

/**
 * Fires when a vault's newest completed recovery point is too old. AWS Backup counts what is completed in a vault, by the hour and only where there is
 * something to count (AWS Backup developer guide, "AWS Backup metrics with Amazon CloudWatch"): so silence is what is looked for, and silence
 * of AWS Backup itself counts. A vault that never had one fires too: nothing in it is no backup.
 */
export class RecoveryPointAgeAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RecoveryPointAgeAlarmProps) {
    super(scope, id, {
      alarmName: props.alarmName,
      alarmDescription: `No recovery point was completed in ${props.vaultName} for ${props.hours} hours: what is lost with a region grows beyond what was promised`,
      metric: new Metric({
        namespace: 'AWS/Backup',
        metricName: 'NumberOfRecoveryPointsCompleted',
        dimensionsMap: { BackupVaultName: props.vaultName },
        statistic: Stats.SUM,
        period: Duration.hours(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: props.hours,
      treatMissingData: TreatMissingData.BREACHING,
    });
    this.addAlarmAction({ bind: () => ({ alarmActionArn: props.topicArn }) });
    this.addOkAction({ bind: () => ({ alarmActionArn: props.topicArn }) });
  }
}
