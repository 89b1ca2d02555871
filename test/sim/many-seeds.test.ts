import { describe, expect, it } from '@jest/globals';
import { drawFault } from '../../recovery/simulation/drawn-faults.js';
import { resultOf } from '../../recovery/simulation/seed-result.js';
import { simulateSeed } from '../../recovery/simulation/simulate-seed.js';
import { faultNames } from '../../twin/doors/in-process.js';
import { ambassifyBench, mixed } from '../helpers/simulation-bench.js';

/** CI's share; `npm run sim -- --seeds 2000` has them all. */
const seeds = Array.from({ length: 60 }, (_, nth) => nth + 1);

describe('many seeded disasters', () => {
  it('break no property, and end in every way there is', async () => {
    const bench = ambassifyBench();
    const outcomes = new Set<string>();
    for (const seed of seeds) {
      const { violations, outcome } = resultOf(await simulateSeed(bench, seed, mixed));
      expect({ seed, violations }).toEqual({ seed, violations: [] });
      outcomes.add(outcome);
    }
    expect([...outcomes].sort()).toEqual(['abandoned', 'held', 'recovered', 'undone']);
  }, 180_000);

  it('are the same again by their seed: the journal byte for byte, on other clients and in another order', async () => {
    const whole = async (order: readonly number[]) => {
      const bench = ambassifyBench();
      const journals = new Map<number, string>();
      for (const seed of order) journals.set(seed, JSON.stringify((await simulateSeed(bench, seed, mixed)).entries));
      return [...journals].sort(([a], [b]) => a - b);
    };
    const some = seeds.slice(0, 12);
    expect(await whole(some.toReversed())).toEqual(await whole(some));
  }, 60_000);

  it('know how to draw every fault that the twin has', () => {
    expect(Object.keys(drawFault).sort()).toEqual([...faultNames].sort());
  });
});
