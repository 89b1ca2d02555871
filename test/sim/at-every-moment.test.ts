import { describe, expect, it } from '@jest/globals';
import { disasterOf, type Disaster } from '../../recovery/simulation/disaster.js';
import { resultOf } from '../../recovery/simulation/seed-result.js';
import { simulateDisaster } from '../../recovery/simulation/simulate-seed.js';
import { ambassifyBench } from '../helpers/simulation-bench.js';

const bench = ambassifyBench();
/** Nothing but the loss of production, and people who answer. */
const quiet: Disaster = {
  ...disasterOf(12, bench.places, [], { faults: [], atLeastOne: false, crashes: false }),
  people: { acknowledgesAfterSeconds: 600, authorisesAfterSeconds: 0, decidesAfterSeconds: [60, 60], decisions: 3 },
};
const unharmed = await simulateDisaster(bench, quiet);
const calls = unharmed.calls.map(({ nth, task, changes }) => ({ nth, changes: changes || task === 'cut-over' || task === 'raise-epoch' }));
/** Every call that changes something or that traffic hangs on, and every third of those that only look. */
const chosen = calls.filter(({ nth, changes }) => changes || nth % 3 === 0).map(({ nth }) => nth);

const violations = async (changes: Partial<Disaster>) => {
  const seen = await simulateDisaster(bench, { ...quiet, ...changes });
  return resultOf({ ...seen, unharmed }).violations;
};

describe('the recovery of production', () => {
  it('is recovered in peace, so that there is something to compare with', () => {
    expect(unharmed.outcome).toBe('recovered');
    expect(chosen.length).toBeGreaterThan(100);
  });

  it.each(['before', 'after'] as const)(
    'killed %s a call and resumed, ends the same and leaves the same',
    async (when) => {
      for (const nth of chosen)
        expect({ nth, broken: await violations({ crashes: [{ around: 'call', when, nth, resumedAfterSeconds: 0 }] }) }).toEqual({
          nth,
          broken: [],
        });
    },
    180_000,
  );

  it.each(['before', 'after'] as const)(
    'killed %s any entry and resumed, ends the same and leaves the same',
    async (when) => {
      for (let nth = 3; nth <= unharmed.entries.length; nth++)
        expect({ nth, broken: await violations({ crashes: [{ around: 'entry', when, nth, resumedAfterSeconds: 0 }] }) }).toEqual({
          nth,
          broken: [],
        });
    },
    180_000,
  );

  it('started twice at any moment, is carried on by one', async () => {
    for (const nth of chosen) expect({ nth, broken: await violations({ rivalAtCall: nth }) }).toEqual({ nth, broken: [] });
  }, 180_000);
});
