import { Duration, Fn } from 'aws-cdk-lib';
import type { CfnCondition } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  AlarmStatusWidget,
  ComparisonOperator,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface SiteObservabilityProps {
  /** Begins the names of alarms and dashboard, and is the `Site` dimension's value. */
  readonly name: string;
  readonly metricNamespace: string;
  /** Whether the site serves. A site that stands by has no targets, and nobody is to be woken by that. */
  readonly active: CfnCondition;
  readonly topic: ITopic;
  /** Where what to do about an alarm is written; every alarm says so. */
  readonly runbook: string;
  /** As CloudWatch knows them: `app/NAME/ID` and `targetgroup/NAME/ID`. */
  readonly loadBalancer: string;
  readonly targetGroup: string;
  readonly logGroup: ILogGroup;
  /** CloudWatch Logs filter pattern of lines that are failures of the application. */
  readonly errorPattern: string;
  /** May not be there yet, at a site that stands by. */
  readonly databaseIdentifier: string;
}

interface Watched {
  readonly id: string;
  readonly says: string;
  readonly metric: Metric;
  readonly comparison: 'below' | 'at least';
  readonly threshold: number;
  readonly missing: TreatMissingData;
}

const gibibyte = 1024 ** 3;

/**
 * What tells people that a serving site is not well: alarms, one composite alarm that says whether customers are served, and a dashboard.
 * Only the composite and what it does not cover notify anybody, so that one failure is one message. No data on healthy targets counts
 * as none: a load balancer without targets publishes nothing.
 */
export class SiteObservability extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SiteObservabilityProps,
  ) {
    super(scope, id);
    const serving = servingAlarms(props).map((watched) => this.alarm(watched));
    const others = [this.errorsLogged(), ...databaseAlarms(props)].map((watched) => this.alarm(watched));
    const health = this.siteHealth(serving);
    for (const alarm of [...others, health]) this.notify(alarm);
    this.dashboard([health, ...serving, ...others]);
  }

  private alarm({ id, says, metric, comparison, threshold, missing }: Watched): Alarm {
    return new Alarm(this, id, {
      alarmName: `${this.props.name}-${dashed(id)}`,
      alarmDescription: `${says}. What to do: ${this.props.runbook}`,
      metric,
      threshold,
      comparisonOperator:
        comparison === 'below' ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: missing,
    });
  }

  private errorsLogged(): Watched {
    const { metricNamespace, name } = this.props;
    const metricName = `${name}-errors`;
    new MetricFilter(this, 'Errors', {
      logGroup: this.props.logGroup,
      filterPattern: FilterPattern.literal(this.props.errorPattern),
      metricNamespace,
      metricName,
      metricValue: '1',
    });
    return {
      id: 'ErrorsLogged',
      says: 'The application logs failures, at least ten a minute for three minutes',
      metric: new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM, period: Duration.minutes(1) }),
      comparison: 'at least',
      threshold: 10,
      missing: TreatMissingData.NOT_BREACHING,
    };
  }

  private siteHealth(alarms: readonly Alarm[]): CompositeAlarm {
    return new CompositeAlarm(this, 'SiteHealth', {
      compositeAlarmName: `${this.props.name}-site-health`,
      alarmDescription: `The site does not serve its customers as it should. What to do: ${this.props.runbook}`,
      alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
  }

  private notify(alarm: Alarm | CompositeAlarm): void {
    alarm.addAlarmAction(new SnsAction(this.props.topic));
    alarm.addOkAction(new SnsAction(this.props.topic));
    const resource = alarm.node.defaultChild as CfnAlarm | CfnCompositeAlarm;
    resource.actionsEnabled = Fn.conditionIf(this.props.active.logicalId, true, false);
  }

  private dashboard(alarms: readonly (Alarm | CompositeAlarm)[]): void {
    const { name, loadBalancer } = this.props;
    const requests = balanced('RequestCount', Stats.SUM, { LoadBalancer: loadBalancer });
    const slow = balanced('TargetResponseTime', 'p95', { LoadBalancer: loadBalancer });
    new Dashboard(this, 'Dashboard', {
      dashboardName: name,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24 })],
        [
          new GraphWidget({ title: 'Requests', left: [requests] }),
          new GraphWidget({ title: 'Response time, 95th percentile', left: [slow] }),
        ],
      ],
    });
  }
}

const dashed = (id: string): string => id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** Metrics of Elastic Load Balancing (ELB user guide, "CloudWatch metrics for your Application Load Balancer"). */
const balanced = (metricName: string, statistic: string, dimensionsMap: Record<string, string>): Metric =>
  new Metric({ namespace: 'AWS/ApplicationELB', metricName, statistic, dimensionsMap, period: Duration.minutes(1) });

const servingAlarms = ({ loadBalancer, targetGroup }: SiteObservabilityProps): Watched[] => [
  {
    id: 'NoHealthyTarget',
    says: 'No task of the web application is healthy',
    metric: balanced('HealthyHostCount', Stats.MINIMUM, { LoadBalancer: loadBalancer, TargetGroup: targetGroup }),
    comparison: 'below',
    threshold: 1,
    missing: TreatMissingData.BREACHING,
  },
  ...[
    { id: 'ApplicationFails', says: 'The web application', metricName: 'HTTPCode_Target_5XX_Count' },
    { id: 'LoadBalancerFails', says: 'The load balancer', metricName: 'HTTPCode_ELB_5XX_Count' },
  ].map(({ id, says, metricName }) => ({
    id,
    says: `${says} answers with server errors, at least ten a minute for three minutes`,
    metric: balanced(metricName, Stats.SUM, { LoadBalancer: loadBalancer }),
    comparison: 'at least' as const,
    threshold: 10,
    // ELB publishes a count only when it is not zero.
    missing: TreatMissingData.NOT_BREACHING,
  })),
];

/** Metrics of RDS (RDS user guide, "Amazon CloudWatch instance-level metrics"). */
const databaseAlarms = ({ databaseIdentifier }: SiteObservabilityProps): Watched[] => {
  const metric = (metricName: string, statistic: string): Metric =>
    new Metric({
      namespace: 'AWS/RDS',
      metricName,
      statistic,
      dimensionsMap: { DBInstanceIdentifier: databaseIdentifier },
      period: Duration.minutes(5),
    });
  return [
    {
      id: 'DatabaseStorage',
      says: 'The database has less than 2 GiB of storage left',
      metric: metric('FreeStorageSpace', Stats.MINIMUM),
      comparison: 'below',
      threshold: 2 * gibibyte,
      missing: TreatMissingData.MISSING,
    },
    {
      id: 'DatabaseBusy',
      says: 'The database uses more than nine tenths of its processors',
      metric: metric('CPUUtilization', Stats.AVERAGE),
      comparison: 'at least',
      threshold: 90,
      missing: TreatMissingData.MISSING,
    },
  ];
};
