import { GetParameterCommand, GetParameterHistoryCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';

interface Input {
  readonly endpoint: string;
}
interface Handle {
  /** What the application was pointed at before; null when it was nothing else. */
  readonly previous: string | null;
}

/** Tells the application which database to use, by the parameter that its task definition reads at start. */
export const ssmPointApplication = defineStep<Input, Handle, Input>({
  uses: 'ssm.point-application',
  summary: 'point the application at the restored database',
  input: z.strictObject({ endpoint: z.string() }),
  produces: { endpoint: 'host name the application was pointed at' },
  effect: 'reversible',
  iam: ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:PutParameter'],
  writes: () => ['ssm:parameter/database-endpoint'],
  expectedSeconds: 2,
  limitSeconds: 120,
  paceSeconds: 5,
  // The data: without it the application may serve a database that some earlier run restored.
  skippable: false,
  undo: async (handle, { endpoint }, ctx) => {
    const current = await valueNow(ctx);
    // Not ours (any more): whoever pointed it elsewhere meant to.
    if (current !== endpoint) return done({ left: [] });
    const previous = handle ? handle.previous : await valueBefore(ctx, endpoint);
    if (previous !== null) await put(ctx, previous);
    return done({ left: [] });
  },
  start: async ({ endpoint }, ctx) => {
    const current = await valueNow(ctx);
    if (current !== endpoint) await put(ctx, endpoint);
    // Written, and then died before it was noted: the parameter's history knows what was there.
    return { previous: current === endpoint ? await valueBefore(ctx, endpoint) : current };
  },
  poll: async (_handle, { endpoint }) => done({ endpoint }),
  verify: async (_output, { endpoint }, ctx) => {
    const observed = await valueNow(ctx);
    return [
      evidence(ctx, 'ssm.point-application', 'tasks that start from now on use the restored database', {
        holds: observed === endpoint,
        expected: endpoint,
        observed,
        source: `ssm:GetParameter ${ctx.targets.site.databaseEndpointParameter}`,
      }),
    ];
  },
});

const valueNow = async (ctx: StepContext): Promise<string> => {
  const { Parameter } = await ctx.aws
    .ssm(ctx.to.region)
    .send(new GetParameterCommand({ Name: ctx.targets.site.databaseEndpointParameter }));
  return Parameter?.Value ?? '';
};

const valueBefore = async (ctx: StepContext, endpoint: string): Promise<string | null> => {
  const history = await everyPage(async (NextToken) => {
    const page = await ctx.aws
      .ssm(ctx.to.region)
      .send(new GetParameterHistoryCommand({ Name: ctx.targets.site.databaseEndpointParameter, NextToken }));
    return { items: page.Parameters, next: page.NextToken };
  });
  const others = history.filter(({ Value }) => Value !== endpoint).sort((a, b) => (b.Version ?? 0) - (a.Version ?? 0));
  return others[0]?.Value ?? null;
};

const put = async (ctx: StepContext, Value: string): Promise<void> => {
  await ctx.aws
    .ssm(ctx.to.region)
    .send(new PutParameterCommand({ Name: ctx.targets.site.databaseEndpointParameter, Value, Overwrite: true }));
};
