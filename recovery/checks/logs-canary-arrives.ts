import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import { awsToken } from '../kit/aws-token.js';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import { everyPage } from '../kit/every-page.js';
import { canarySchema } from '../kit/web-documents.js';
import { getJson, originOf } from '../kit/website.js';
import type { StepContext } from '../kit/define-step.js';
import { milliseconds } from '../model/time.js';

/** A line that the application writes on request has to be found where people look for logs. */
export const logsCanaryArrives = defineCheck<object>({
  uses: 'logs.canary-arrives',
  claim: "a line logged by the application arrives in this site's log group",
  input: z.strictObject({}),
  iam: ['logs:FilterLogEvents'],
  expectedSeconds: 15,
  patienceSeconds: 300,
  paceSeconds: 5,
  waivable: true,
  provoke: async (_input, ctx) => {
    await getJson(ctx, originOf(ctx), `/canary?token=${canary(ctx)}`, canarySchema);
  },
  ask: async (_input, ctx) => {
    const { logGroup } = ctx.targets.site;
    const about = { expected: `a line with ${canary(ctx)}`, source: `logs:FilterLogEvents ${logGroup}` };
    return asking(about, async () => {
      const lines = await everyPage(async (nextToken) => {
        const page = await ctx.aws.logs(ctx.to.region).send(
          new FilterLogEventsCommand({
            logGroupName: logGroup,
            filterPattern: `"${canary(ctx)}"`,
            startTime: milliseconds(ctx.startedAt) - 60_000,
            nextToken,
          }),
        );
        return { items: page.events, next: page.nextToken };
      });
      const [found] = lines;
      return { holds: found !== undefined, observed: found ? `in stream ${found.logStreamName}` : 'no such line yet' };
    });
  },
});

const canary = ({ token }: StepContext): string => awsToken(`${token}/canary`);
