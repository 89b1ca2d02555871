import { mkdtempSync, appendFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { homeAt } from '../../../recovery/adapters/home.js';
import { failIf } from '../../../recovery/cli/fail-if.js';
import { progressOf } from '../../../recovery/cli/simulation-progress.js';
import { simulationText } from '../../../recovery/cli/simulation-text.js';
import type { SeedResult } from '../../../recovery/simulation/seed-result.js';
import { whatDecided } from '../../../recovery/simulation/shortening.js';
import { percentile, summaryOf } from '../../../recovery/simulation/summary.js';
import { ambassifyBench } from '../../helpers/simulation-bench.js';

const { plan } = ambassifyBench();
const result = (seed: number, changes: Partial<SeedResult> = {}): SeedResult => ({
  ...{ seed, outcome: 'recovered', rtoSeconds: seed * 60, rowsLost: seed, calls: 300, journal: '', violations: [], met: [], path: [] },
  savedByHalving: { 'restore-database': 30 },
  ...changes,
});
const asked = { plan, planHash: null, fromSeed: 1, faults: ['throttling'], replay: (seed: number) => `replay ${seed}` };
const hundred = Array.from({ length: 100 }, (_, nth) => result(nth + 1));

describe('the figures of a simulation', () => {
  it('are of values that were seen, in whatever order the seeds were done', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(summaryOf(hundred.toReversed(), asked)).toEqual(summaryOf(hundred, asked));
    expect(summaryOf(hundred, asked).rto).toMatchObject({ p50: 3000, p95: 5700, withinObjective: 1, samples: 100 });
  });

  it('count a run that never served customers as one that took for ever', () => {
    const some = [...hundred.slice(0, 90), ...hundred.slice(90).map((one) => ({ ...one, outcome: 'held' as const, rtoSeconds: null }))];
    const { rto } = summaryOf(some, asked);
    expect(rto).toMatchObject({ p95: null, withinObjective: 0.9, served: { samples: 90, p95: 5160 } });
    expect(failIf('p95>24h')(summaryOf(some, asked))).toBe(true);
  });

  it('say what a violation was, and how it is had again', () => {
    const broken = summaryOf([result(7, { violations: [{ property: 'nothing-twice', what: 'two' }] })], asked);
    expect(broken.violations).toEqual([{ seed: 7, property: 'nothing-twice', what: 'two', replay: 'replay 7' }]);
    expect(simulationText(broken)).toContain('seed 7: nothing-twice: two\n    replay 7');
  });

  it('name each cell that enough seeds did not hit, and none before', () => {
    const met = plan.tasks.map(({ id }) => `throttling/${id}`).filter((cell) => cell !== 'throttling/cut-over');
    const of = (count: number) =>
      summaryOf(
        Array.from({ length: count }, (_, nth) => result(nth, { met })),
        asked,
      ).coverage;
    const { enoughSeeds } = of(1);
    expect(of(enoughSeeds).missing).toEqual([{ fault: 'throttling', task: 'cut-over' }]);
    expect(of(enoughSeeds - 1).missing).toEqual([]);
  });
});

describe('what to shorten', () => {
  it('is what others waited for, and nothing that went on beside it', () => {
    const task = (id: string, needs: readonly string[]) => ({ ...plan.tasks[0]!, id, needs });
    const small = { ...plan, tasks: [task('long', []), task('short', []), task('proof', ['long', 'short'])] };
    const seconds = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });
    const times = new Map(Object.entries({ long: seconds(10, 110), short: seconds(10, 50), proof: seconds(115, 125) }));
    expect(whatDecided(small, times, 'proof')).toEqual({ path: ['long', 'proof'], savedByHalving: { long: 50, proof: 5 } });
  });
});

describe('--fail-if', () => {
  it.each(['p95>24', 'p96>1h', 'p50=1h', 'recovered<2', ''])('refuses what it cannot read: %s', (text) => {
    expect(() => failIf(text)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'invalid-condition' }));
  });
  it.each<[string, boolean]>([
    ['p50>49m', true],
    ['p50 > 50m', false],
    ['p95>=PT1H35M', true],
    ['recovered<1', false],
    ['withinObjective>=1.0', true],
  ])('%s is %s', (text, holds) => {
    expect(failIf(text)(summaryOf(hundred, asked))).toBe(holds);
  });
});

describe('an interrupted simulation', () => {
  it('goes on with the seeds that are whole, and is nobody else’s', () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulations-'));
    const home = homeAt(folder);
    const key = { plan, fromSeed: 1, seeds: 3, faults: [] };
    expect(() => progressOf(home, key, true)).toThrow(expect.objectContaining({ code: 'nothing-to-resume' }));
    progressOf(home, key, false).keep([result(1), result(2)]);
    const [only = ''] = readdirSync(join(folder, 'simulations'));
    appendFileSync(join(folder, 'simulations', only, 'results.jsonl'), '{"seed":3,"outc');
    expect(progressOf(home, key, true).results).toEqual([result(1), result(2)]);
    expect(() => progressOf(home, { ...key, seeds: 4 }, true)).toThrow(expect.objectContaining({ code: 'nothing-to-resume' }));
    expect(progressOf(home, key, false).results).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
