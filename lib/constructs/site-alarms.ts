import { Duration } from 'aws-cdk-lib';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm before it is one: what it looks at and when it fires. */
export interface Watched {
  readonly id: string;
  readonly says: string;
  readonly metric: Metric;
  readonly comparison: 'below' | 'at least';
  readonly threshold: number;
  readonly missing: TreatMissingData;
}

const gibibyte = 1024 ** 3;

/** Metrics of Elastic Load Balancing (ELB user guide, "CloudWatch metrics for your Application Load Balancer"). */
export const balanced = (metricName: string, statistic: string, dimensionsMap: Record<string, string>): Metric =>
  new Metric({ namespace: 'AWS/ApplicationELB', metricName, statistic, dimensionsMap, period: Duration.minutes(1) });

/** What says that customers are not served. */
export const servingAlarms = (loadBalancer: string, targetGroup: string): Watched[] => [
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
export const databaseAlarms = (databaseIdentifier: string): Watched[] => {
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

/** Lines that the application logs of its failures, as a filter of its log group counts them. */
export const errorsLogged = ({ metricNamespace, metricName }: { metricNamespace: string; metricName: string }): Watched => ({
  id: 'ErrorsLogged',
  says: 'The application logs failures, at least ten a minute for three minutes',
  metric: new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM, period: Duration.minutes(1) }),
  comparison: 'at least',
  threshold: 10,
  missing: TreatMissingData.NOT_BREACHING,
});
