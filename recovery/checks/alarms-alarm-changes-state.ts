import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';

/** A published metric has to change an alarm's state, after this was asked for. */
export const alarmsAlarmChangesState = defineCheck<object>({
  uses: 'alarms.alarm-changes-state',
  claim: 'an alarm of this site fires on a published metric (that it reaches a person is not proven)',
  input: z.strictObject({}),
  iam: ['cloudwatch:PutMetricData', 'cloudwatch:DescribeAlarms'],
  expectedSeconds: 90,
  patienceSeconds: 600,
  paceSeconds: 10,
  waivable: true,
  provoke: async (_input, ctx) => {
    const { metricNamespace, metricName } = ctx.targets.site;
    await ctx.aws.cloudwatch(ctx.to.region).send(
      new PutMetricDataCommand({
        Namespace: metricNamespace,
        MetricData: [
          {
            MetricName: metricName,
            Dimensions: [{ Name: 'Site', Value: ctx.to.name }],
            Value: 1,
            Timestamp: new Date(ctx.at),
          },
        ],
      }),
    );
  },
  ask: async (_input, ctx) => {
    const { alarm } = ctx.targets.site;
    const about = { expected: `ALARM since ${ctx.startedAt} or later`, source: `cloudwatch:DescribeAlarms ${alarm}` };
    return asking(about, async () => {
      const { MetricAlarms } = await ctx.aws.cloudwatch(ctx.to.region).send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
      const [found] = MetricAlarms ?? [];
      const since = found?.StateUpdatedTimestamp?.toISOString();
      return {
        holds: found?.StateValue === 'ALARM' && since !== undefined && since >= ctx.startedAt,
        observed: found ? `${found.StateValue} since ${since ?? 'unknown'}` : 'there is no such alarm',
      };
    });
  },
});
