import { describe, expect, it } from '@jest/globals';
import { resultOf } from '../../recovery/simulation/seed-result.js';
import { simulateSeed } from '../../recovery/simulation/simulate-seed.js';
import { ambassifyBench, mixed } from '../helpers/simulation-bench.js';
import { brokenEngines } from './broken-engines/index.js';

const bench = ambassifyBench();
const mostSeeds = 80;

describe('an engine that is broken on purpose', () => {
  it.each(brokenEngines)(
    'is caught: $name, in which $how',
    async ({ name, breaks, tampering, faults }) => {
      const options = faults ? { ...mixed, faults, atLeastOne: true } : mixed;
      let caughtBy: number | undefined;
      for (let seed = 1; seed <= mostSeeds && caughtBy === undefined; seed++) {
        const { violations } = resultOf(await simulateSeed(bench, seed, options, tampering()));
        if (violations.some(({ property }) => property === breaks)) caughtBy = seed;
      }
      process.stdout.write(`${name} is caught by seed ${caughtBy}\n`);
      expect(caughtBy).toBeLessThanOrEqual(mostSeeds);
    },
    180_000,
  );
});
