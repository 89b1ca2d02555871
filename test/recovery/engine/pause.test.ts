import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import type { Happening } from '../../../recovery/model/journal-entry.js';
import { instant } from '../../../recovery/model/time.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { samplePlan } from '../../helpers/sample-plan.js';
import { beginning, noEffects, sampleWorld, stepsFor } from '../../helpers/sample-world.js';

const wish = { by: 'cto', reason: 'the vendor is on the line', source: 'test' };
const moment = { at: instant(beginning), source: 'test' };
const opened: Happening = {
  ...{ kind: 'opened', run: 'r1', planHash: '', mode: 'failover', world: 'twin', scenario: null, seed: null },
  ...{ disruptedAt: moment, detectedAt: moment },
};
const plan = samplePlan([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }, { id: 'side' }]);

/** A run that somebody wants paused `afterSeconds` from its beginning. */
const pausedAfter = async (afterSeconds: number) => {
  const effects = noEffects();
  const journal = memoryJournal();
  await journal.append([opened], instant(beginning), 0);
  let wanted = true;
  const pause = async () => (wanted && effects.clockMs >= beginning + afterSeconds * 1000 ? ((wanted = false), wish) : null);
  const world = sampleWorld(effects, stepsFor(plan, effects), { people: { ask: async () => undefined, answers: async () => [], pause } });
  const first = await runPlan(plan, journal, world);
  return { effects, journal, world, first };
};

describe('a pause', () => {
  it('begins nothing new, whenever it is asked for, and is held with the command that ends it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 90 }), async (seconds) => {
        const { journal, first } = await pausedAfter(seconds);
        expect(first.outcome).toBe('held');
        expect(first.state.hold?.reason).toBe('paused by cto: the vendor is on the line');
        expect(first.state.hold?.choices).toContain('altsite resume r1');
        const after = journal.entries.slice(journal.entries.findIndex(({ kind }) => kind === 'paused') + 1);
        expect(after.filter(({ kind }) => kind === 'started' || kind === 'asked')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('ends with the run being resumed: it goes on where it stood, and does everything once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 90 }), async (seconds) => {
        const { effects, journal, world } = await pausedAfter(seconds);
        await journal.append([{ kind: 'resumed', notice: '' }], instant(effects.clockMs), journal.sequence);
        expect((await runPlan(plan, journal, world)).outcome).toBe('recovered');
        expect(effects.done.map(({ task }) => task).sort()).toEqual(['a', 'b', 'c', 'side']);
      }),
      { numRuns: 40 },
    );
  });
});
