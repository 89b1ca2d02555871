import { describe, expect, it } from '@jest/globals';
import { disasterOf, type Disaster } from '../../recovery/simulation/disaster.js';
import { resultOf } from '../../recovery/simulation/seed-result.js';
import { simulateDisaster, simulateSeed } from '../../recovery/simulation/simulate-seed.js';
import { writtenControls } from '../helpers/routing-controls.js';
import { ambassifyBench, mixed } from '../helpers/simulation-bench.js';
import { cutOverWithoutReceipt } from './broken-engines/cut-over-without-receipt.js';
import { trafficBeforeFence } from './broken-engines/traffic-before-fence.js';

const bench = ambassifyBench({ routingControls: { known: writtenControls } });
/** Nothing but the loss of production, and people who answer. */
const quiet: Disaster = {
  ...disasterOf(12, bench.places, [], { faults: [], atLeastOne: false, crashes: false }),
  people: { acknowledgesAfterSeconds: 600, authorisesAfterSeconds: 0, decidesAfterSeconds: [60, 60], decisions: 3 },
};
const moved = { dublin: 'Off', frankfurt: 'On' };

describe('where routing controls move traffic', () => {
  it('a recovery in peace sets both by one call, once, and DNS follows them', async () => {
    const seen = await simulateDisaster(bench, quiet);
    expect(resultOf(seen).violations).toEqual([]);
    expect({ outcome: seen.outcome, controls: seen.left.controls }).toEqual({ outcome: 'recovered', controls: moved });
    const sets = seen.calls.filter(({ service, changes }) => service === 'routingControls' && changes);
    expect(sets.map(({ operation, task }) => [operation, task])).toEqual([['UpdateRoutingControlStates', 'cut-over']]);
    // Production's own region has an endpoint too, which is lost with it.
    expect(seen.calls.some(({ service, region }) => service === 'routingControls' && region === 'eu-west-1')).toBe(false);
  });

  it('killed around any call or entry of the cut-over, and resumed at once or later, it ends the same', async () => {
    const unharmed = await simulateDisaster(bench, quiet);
    const calls = unharmed.calls.filter(({ task }) => task === 'cut-over').map(({ nth }) => ({ around: 'call' as const, nth }));
    const entries = unharmed.entries
      .filter((entry) => 'task' in entry && entry.task === 'cut-over')
      .map(({ sequence }) => ({ around: 'entry' as const, nth: sequence }));
    expect(calls.length).toBeGreaterThan(8);
    for (const moment of [...calls, ...entries])
      for (const when of ['before', 'after'] as const)
        for (const resumedAfterSeconds of [0, 1200]) {
          const crashes = [{ ...moment, when, resumedAfterSeconds }];
          const seen = await simulateDisaster(bench, { ...quiet, crashes });
          const { violations } = resultOf({ ...seen, unharmed });
          expect({ crashes, lives: seen.lives.map(({ is }) => is), violations }).toEqual({
            crashes,
            lives: ['killed', 'ended'],
            violations: [],
          });
        }
  }, 120_000);

  it.each([cutOverWithoutReceipt, trafficBeforeFence])(
    'an engine that is broken on purpose is caught: $name',
    async ({ breaks, tampering }) => {
      const { violations } = resultOf(await simulateDisaster(bench, quiet, tampering()));
      expect(violations.map(({ property }) => property)).toContain(breaks);
    },
  );

  it('many seeded disasters break no property', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { violations } = resultOf(await simulateSeed(bench, seed, mixed));
      expect({ seed, violations }).toEqual({ seed, violations: [] });
    }
  }, 120_000);
});
