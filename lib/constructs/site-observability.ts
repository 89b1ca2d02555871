import { Fn } from 'aws-cdk-lib';
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
} from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnAlarm, CfnCompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { balanced, databaseAlarms, errorsLogged, servingAlarms } from './site-alarms.js';
import type { Watched } from './site-alarms.js';

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
    const serving = servingAlarms(props.loadBalancer, props.targetGroup).map((watched) => this.alarm(watched));
    const others = [this.measureErrors(), ...databaseAlarms(props.databaseIdentifier)].map((watched) => this.alarm(watched));
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

  private measureErrors(): Watched {
    const { metricNamespace, name } = this.props;
    const metric = { metricNamespace, metricName: `${name}-errors` };
    new MetricFilter(this, 'Errors', {
      logGroup: this.props.logGroup,
      filterPattern: FilterPattern.literal(this.props.errorPattern),
      ...metric,
      metricValue: '1',
    });
    return errorsLogged(metric);
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
    const requests = balanced('RequestCount', 'Sum', { LoadBalancer: loadBalancer });
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
