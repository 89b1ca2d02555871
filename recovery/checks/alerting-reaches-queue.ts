import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { alertChainIam, arrivedSince, brokenLink, firingSince, siteAlarm } from '../kit/alert-chain.js';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { RecoveryError } from '../model/recovery-error.js';

/** A published metric has to make an alarm fire, and the alarm's notification has to get out, after this was asked for. */
export const alertingReachesQueue = defineCheck<object>({
  uses: 'alerting.reaches-queue',
  claim: "an alarm of this site fires on a published metric and its notification arrives in the site's verification queue",
  input: z.strictObject({}),
  iam: ['cloudwatch:PutMetricData', ...alertChainIam],
  expectedSeconds: 90,
  patienceSeconds: 600,
  paceSeconds: 10,
  waivable: true,
  provoke: async (_input, ctx) => {
    const { alarm, metricNamespace, metricName } = ctx.targets.site;
    const firing = firingSince(await siteAlarm(ctx));
    if (firing !== undefined) {
      // Fired since this was asked for: by the value that was published before we were killed.
      if (firing >= ctx.startedAt) return;
      throw new RecoveryError(
        'transient',
        'alarm-firing',
        `${alarm} is in ALARM since ${firing}, before this was asked for; only an alarm that is quiet can be seen to fire`,
      );
    }
    await ctx.aws.cloudwatch(ctx.to.region).send(
      new PutMetricDataCommand({
        Namespace: metricNamespace,
        MetricData: [{ MetricName: metricName, Dimensions: [{ Name: 'Site', Value: ctx.to.name }], Value: 1, Timestamp: new Date(ctx.at) }],
      }),
    );
  },
  ask: async (_input, ctx) => {
    const { alarm, alertQueueUrl } = ctx.targets.site;
    const about = {
      expected: `a notification that ${alarm} went to ALARM at ${ctx.startedAt} or later`,
      source: `sqs:ReceiveMessage ${alertQueueUrl}`,
    };
    return asking(about, async () => {
      const arrived = await arrivedSince(ctx, ctx.startedAt);
      if (!arrived) return { holds: false, observed: await brokenLink(ctx, ctx.startedAt) };
      return { holds: true, observed: `ALARM at ${arrived.firedAt}, in the queue as message ${arrived.messageId}`, data: { ...arrived } };
    });
  },
});
