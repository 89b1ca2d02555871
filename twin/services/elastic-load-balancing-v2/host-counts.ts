import type { Context } from '../../world/context.js';
import type { MetricOfAws } from '../cloudwatch/metrics-of-aws.js';
import { elbRecords } from './records.js';
import { fullName } from './template-calls.js';

/** How many targets of the group that `TargetGroup` names are in `state`; nothing is published for a group without targets (user guide, "CloudWatch metrics"). */
const count =
  (state: 'healthy' | 'unhealthy'): MetricOfAws =>
  (ctx: Context, { TargetGroup }) => {
    const group = [...ctx.state(elbRecords).targetGroups.values()].find(({ arn }) => fullName(arn, 'targetgroup') === TargetGroup);
    const targets = [...(group?.targets.values() ?? [])];
    return targets.length === 0 ? undefined : targets.filter(({ health }) => health.State === state).length;
  };

/** What Elastic Load Balancing publishes of the targets of each group. */
export const publishedHostCounts: ReadonlyMap<string, MetricOfAws> = new Map([
  ['AWS/ApplicationELB/HealthyHostCount', count('healthy')],
  ['AWS/ApplicationELB/UnHealthyHostCount', count('unhealthy')],
]);
