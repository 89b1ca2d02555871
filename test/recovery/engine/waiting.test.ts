import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import { defineCheck, type Answer, type Check } from '../../../recovery/kit/define-check.js';
import { instant, later, secondsBetween, type Instant } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { beginning, noEffects, sampleStep, sampleWorld, transient } from '../../helpers/sample-world.js';

/** Milliseconds; longer than any patience and any limit here. */
const night = 5 * 3_600_000;

/** A line is logged when provoked, and shows 30 s later; its gate is given 300 s, and 420 s to be over. */
const canary = (refusedUntil: Instant = instant(0)) => {
  let loggedAt: Instant | undefined;
  return defineCheck({
    uses: 'sample.canary-arrives',
    claim: 'the line arrives',
    input: z.object({}),
    iam: [],
    ...{ expectedSeconds: 30, patienceSeconds: 300, paceSeconds: 10, waivable: false },
    provoke: async (_input, { at }) => {
      if (at < refusedUntil) throw transient('slow down');
      loggedAt = at;
    },
    ask: async (_input, { at }): Promise<Answer> => {
      const holds = loggedAt !== undefined && at >= later(loggedAt, 30);
      return { holds, expected: 'the line', observed: holds ? 'it is there' : 'no such line', source: 'sample' };
    },
  });
};
const gatePlan = samplePlan([
  { id: 'test', does: 'gate', checks: [{ uses: 'sample.canary-arrives', with: {} }], limitSeconds: 420 } as never,
]);

/** Carries it out; killed before its `crash`th entry, and taken up again after the night. */
const killedAndResumed = async (check: Check, crash: number) => {
  const effects = noEffects();
  const world = sampleWorld(effects, [], { checks: [check] });
  const torn = memoryJournal([], crash);
  await expect(runPlan(gatePlan, torn, world)).rejects.toThrow(`crashed before entry ${crash}`);
  effects.clockMs += night;
  const resumedAt = instant(effects.clockMs);
  return { resumedAt, ...(await runPlan(gatePlan, memoryJournal(torn.entries), world)) };
};

describe('time that a task is given', () => {
  it('begins anew when the run is taken up again: a gate killed before any of its entries holds as if it had not been', async () => {
    for (const crash of [1, 2, 3, 4]) {
      const { outcome, state } = await killedAndResumed(canary(), crash);
      expect({ crash, outcome, error: state.tasks.get('test')?.error }).toEqual({ crash, outcome: 'recovered', error: null });
    }
  });

  it('begins when what was provoked was provoked, however long AWS would not hear of it within the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (seconds) => {
        const checks = [canary(later(instant(beginning), seconds))];
        expect((await runPlan(gatePlan, memoryJournal(), sampleWorld(noEffects(), [], { checks }))).outcome).toBe('recovered');
      }),
      { numRuns: 30 },
    );
  });

  it('is over all the same: what never comes holds the run, resumed or not', async () => {
    const never: Check = { ...canary(), provoke: async () => undefined };
    const inPeace = await runPlan(gatePlan, memoryJournal(), sampleWorld(noEffects(), [], { checks: [never] }));
    const { resumedAt, ...resumed } = await killedAndResumed(never, 3);
    for (const [{ outcome, state }, from] of [[inPeace, instant(beginning)] as const, [resumed, resumedAt] as const]) {
      expect(outcome).toBe('held');
      expect(state.hold?.reason).toContain('the line arrives: no, no such line');
      const waited = secondsBetween(from, state.tasks.get('test')?.finishedAt ?? '');
      expect(waited).toBeGreaterThanOrEqual(300);
      expect(waited).toBeLessThanOrEqual(420);
    }
  });

  it('is a limit of what is awaited, not of the night nobody looked: work that is begun after it still has its time', async () => {
    const effects = noEffects();
    const plan = samplePlan([{ id: 'restore' }]);
    const torn = memoryJournal([], 2);
    const world = sampleWorld(effects, [sampleStep('restore', effects)]);
    await expect(runPlan(plan, torn, world)).rejects.toThrow('crashed before entry 2');
    effects.clockMs += night;
    let refusals = 3;
    const slow = sampleStep('restore', effects, { fails: () => (refusals-- > 0 ? transient('slow down') : null) });
    expect((await runPlan(plan, memoryJournal(torn.entries), { ...world, steps: [slow] })).outcome).toBe('recovered');
  });
});
