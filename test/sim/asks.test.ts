import { expect, it } from '@jest/globals';
import { checks } from '../../recovery/checks/index.js';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { askedByDefault, type Check } from '../../recovery/kit/define-check.js';
import type { Step, StepContext } from '../../recovery/kit/define-step.js';
import type { Asked } from '../../recovery/model/plan.js';
import type { Aws } from '../../recovery/ports/aws.js';
import { steps } from '../../recovery/steps/index.js';
import { memoryJournal } from '../helpers/memory-journal.js';
import { ambassifyPlan, opened, regionLost, runWorldOver } from '../helpers/recovery-line.js';

/** Notes whose regions every step and every check calls through its context. */
const noting = () => {
  const called = new Map<string, Set<string>>();
  const aws = (uses: string, ctx: StepContext): Aws =>
    new Proxy(ctx.aws, {
      get: (target, service, receiver) => (region: string) => {
        const whose = { [ctx.to.region]: 'to', [ctx.from.region]: 'from', [ctx.targets.global.witnessRegion]: 'witness' }[region] ?? region;
        called.set(uses, (called.get(uses) ?? new Set()).add(whose));
        return (Reflect.get(target, service, receiver) as (region: string) => unknown)(region);
      },
    });
  const seen = (uses: string, ctx: StepContext): StepContext => ({ ...ctx, aws: aws(uses, ctx) });
  return {
    called,
    steps: steps.map((step): Step => ({
      ...step,
      start: (input, ctx) => step.start(input, seen(step.uses, ctx)),
      poll: (handle, input, ctx) => step.poll(handle, input, seen(step.uses, ctx)),
      verify: (output, input, ctx) => step.verify(output, input, seen(step.uses, ctx)),
    })),
    checks: checks.map((check): Check => ({
      ...check,
      provoke: async (input, ctx) => check.provoke?.(input, seen(check.uses, ctx)),
      ask: (input, ctx) => check.ask(input, seen(check.uses, ctx)),
    })),
  };
};

it('a recovery calls only the regions that its steps and checks say they ask', async () => {
  const world = await regionLost();
  const noted = noting();
  const journal = memoryJournal([], Infinity);
  await journal.append([opened], '2030-01-01T00:00:00.000Z', 0);
  const { outcome } = await runPlan(ambassifyPlan(world), journal, { ...runWorldOver(world), steps: noted.steps, checks: noted.checks });
  expect(outcome).toBe('recovered');
  const says = new Map<string, readonly Asked[]>([...steps, ...checks].map(({ uses, asks = askedByDefault }) => [uses, asks]));
  const unsaid = [...noted.called].flatMap(([uses, regions]) =>
    [...regions].filter((region) => !(says.get(uses) ?? []).includes(region as Asked)).map((region) => `${uses} calls ${region}`),
  );
  expect(unsaid).toEqual([]);
  expect([...noted.called.keys()]).toEqual(expect.arrayContaining(['fence.raise-epoch', 'site.stands-ready', 'dns.cut-over']));
  expect(noted.called.get('fence.raise-epoch')).toEqual(new Set(['witness']));
});
