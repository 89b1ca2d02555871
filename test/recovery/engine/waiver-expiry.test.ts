import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import { defineCheck } from '../../../recovery/kit/define-check.js';
import { instant, later } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { noEffects, sampleStep, sampleWorld } from '../../helpers/sample-world.js';

const no = defineCheck({
  ...{ uses: 'sample.holds', claim: 'it holds', input: z.record(z.string(), z.unknown()), iam: [] },
  ...{ expectedSeconds: 0, patienceSeconds: 0, paceSeconds: 5, waivable: true },
  ask: async () => ({ holds: false, expected: 'so', observed: 'not so', source: 'sample' }),
});
const slowSeconds = 300;
const plan = samplePlan([
  { id: 'gate', does: 'gate', checks: [{ uses: no.uses, with: {}, waivable: true, patienceSeconds: 0 }] },
  { id: 'slow', needs: ['gate'], expectedSeconds: slowSeconds },
  { id: 'cut-over', needs: ['slow'], effect: 'irreversible', undo: 'point-of-no-return' },
]);

/** The gate does not hold and is waived for so long; then the run goes on. */
const waivedFor = async (seconds: number) => {
  const effects = noEffects();
  const journal = memoryJournal();
  const steps = [
    sampleStep('slow', effects, { seconds: slowSeconds }),
    sampleStep('cut-over', effects, { effect: 'irreversible', seconds: 60 }),
  ];
  const world = sampleWorld(effects, steps, { checks: [no] });
  expect((await runPlan(plan, journal, world)).state.hold?.task).toBe('gate');
  const now = instant(effects.clockMs);
  const expiresAt = later(now, seconds);
  await journal.append(
    [{ kind: 'decided', task: 'gate', decision: 'waive', by: 'cto', reason: 'known', expiresAt }],
    now,
    journal.sequence,
  );
  const { outcome, state } = await runPlan(plan, journal, world);
  return { outcome, state, expiresAt, cutOver: journal.entries.find((one) => one.kind === 'started' && one.task === 'cut-over') };
};

describe('a waiver that expires while the run goes on', () => {
  it('holds the run at its gate before anything that cannot be undone', async () => {
    const { outcome, state, cutOver } = await waivedFor(slowSeconds / 2);
    expect(outcome).toBe('held');
    expect(state.hold?.task).toBe('gate');
    expect(state.hold?.reason).toContain('the waiver by cto expired at');
    expect(cutOver).toBeUndefined();
  });

  it('matters no more once that has begun', async () => {
    const { outcome, expiresAt, cutOver } = await waivedFor(slowSeconds + 20);
    expect(outcome).toBe('recovered');
    expect(cutOver?.at && cutOver.at < expiresAt).toBe(true);
  });

  it('is never outlived by the start of what it was given for, however long it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 * slowSeconds }), async (seconds) => {
        const { outcome, expiresAt, cutOver } = await waivedFor(seconds);
        expect(outcome).toBe(cutOver ? 'recovered' : 'held');
        if (cutOver) expect(cutOver.at < expiresAt).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
