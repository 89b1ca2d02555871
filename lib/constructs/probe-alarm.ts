import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface ProbeAlarmProps {
  readonly alarmName: string;
  readonly metricNamespace: string;
  readonly metricName: string;
  /** Value of the metric's `Site` dimension. */
  readonly siteName: string;
  /** Where it goes when it fires: where every alarm of the site goes. */
  readonly topic: ITopic;
}

/** Fires when a recovery publishes 1: proves that alarms of this site still fire and that their notifications get out, without breaking anything. */
export class ProbeAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ProbeAlarmProps) {
    super(scope, id, {
      alarmName: props.alarmName,
      alarmDescription: 'Driven by the alerting gate of a recovery; firing is not an incident',
      metric: new Metric({
        namespace: props.metricNamespace,
        metricName: props.metricName,
        dimensionsMap: { Site: props.siteName },
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
  }
}
