import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import { validation, type PolicyRecord, type TargetRecord } from './records.js';

/** Minutes above the target before scaling out, and below nine tenths of it before scaling in (user guide, "How target tracking scaling works"). */
const minutesHigh = 3;
const minutesLow = 15;
const lowShare = 0.9;

const cloudwatch = (ctx: Context, operation: string, input: object): Promise<unknown> =>
  ctx.onBehalf('application-auto-scaling').call('cloudwatch', operation, input);

interface Metric {
  readonly Namespace: string | undefined;
  readonly MetricName: string | undefined;
  readonly Statistic: string | undefined;
  readonly Dimensions: readonly { Name: string | undefined; Value: string | undefined }[];
  readonly Unit?: string | undefined;
}

/** The metric a policy follows. @throws AwsError ValidationException, NotModelled */
export const trackedMetric = (tracking: Scaling.TargetTrackingScalingPolicyConfiguration, target: TargetRecord): Metric => {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: custom } = tracking;
  if (!predefined === !custom) {
    throw validation('Exactly one of CustomizedMetricSpecification or PredefinedMetricSpecification must be specified');
  }
  if (custom) {
    accept('application-auto-scaling CustomizedMetricSpecification', custom, [
      'MetricName',
      'Namespace',
      'Dimensions',
      'Statistic',
      'Unit',
    ]);
    const dimensions = (custom.Dimensions ?? []).map(({ Name, Value }) => ({ Name, Value }));
    return {
      Namespace: custom.Namespace,
      MetricName: custom.MetricName,
      Statistic: custom.Statistic,
      Dimensions: dimensions,
      Unit: custom.Unit,
    };
  }
  const ofService = [
    { Name: 'ClusterName', Value: target.cluster },
    { Name: 'ServiceName', Value: target.service },
  ];
  switch (predefined!.PredefinedMetricType) {
    case 'ECSServiceAverageCPUUtilization':
      return { Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Statistic: 'Average', Dimensions: ofService };
    case 'ECSServiceAverageMemoryUtilization':
      return { Namespace: 'AWS/ECS', MetricName: 'MemoryUtilization', Statistic: 'Average', Dimensions: ofService };
    case 'ALBRequestCountPerTarget': {
      const [, group] = /\/(targetgroup\/[^/]+\/[^/]+)$/.exec(predefined!.ResourceLabel ?? '') ?? [];
      if (group === undefined) throw validation('ResourceLabel must be app/load-balancer-name/id/targetgroup/target-group-name/id');
      const Dimensions = [{ Name: 'TargetGroup', Value: group }];
      return { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCountPerTarget', Statistic: 'Sum', Dimensions };
    }
    default:
      throw new AwsError('NotModelled', `NotModelled: application-auto-scaling on ${predefined!.PredefinedMetricType}`, { status: 501 });
  }
};

/** The two alarms of a target tracking policy, or the one when it never scales in. */
export const putAlarms = async (policy: PolicyRecord, metric: Metric, ctx: Context): Promise<Scaling.Alarm[]> => {
  const { TargetValue: value, DisableScaleIn } = policy.tracking!;
  const put = async (side: 'High' | 'Low', minutes: number, threshold: number): Promise<Scaling.Alarm> => {
    const AlarmName = `TargetTracking-${policy.target.resourceId}-Alarm${side}-${freshUuid(ctx, 'target-tracking-alarm')}`;
    await cloudwatch(ctx, 'PutMetricAlarm', {
      AlarmName,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      AlarmActions: [policy.arn],
      ...metric,
      ...{ Period: 60, EvaluationPeriods: minutes, Threshold: threshold },
      ComparisonOperator: side === 'High' ? 'GreaterThanThreshold' : 'LessThanThreshold',
    });
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${ctx.region}:${ctx.account}:alarm:${AlarmName}` };
  };
  const high = await put('High', minutesHigh, value!);
  return DisableScaleIn ? [high] : [high, await put('Low', minutesLow, value! * lowShare)];
};

/** Alarms that somebody deleted before are passed over. */
export const deleteAlarms = async (policy: PolicyRecord, ctx: Context): Promise<void> => {
  if (policy.type !== 'TargetTrackingScaling') return;
  for (const { AlarmName } of policy.alarms) {
    await cloudwatch(ctx, 'DeleteAlarms', { AlarmNames: [AlarmName] }).catch((error: unknown) => {
      if (!(error instanceof AwsError) || !error.code.startsWith('ResourceNotFound')) throw error;
    });
  }
  policy.alarms = [];
};
