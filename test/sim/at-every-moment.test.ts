import { describe, expect, it } from '@jest/globals';
import { disasterOf, type Crash, type Disaster } from '../../recovery/simulation/disaster.js';
import type { Observed } from '../../recovery/simulation/observed.js';
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
/** One moment in so many, by default; `npm run sim:moments` has every one of them. */
const stride = process.env['ALTSITE_MOMENTS'] === 'all' ? 1 : 6;
/** ALTSITE_SEED replays a failure. */
const seed = Number(process.env['ALTSITE_SEED'] ?? Math.floor(Math.random() * 1_000_000));
const replay = `ALTSITE_SEED=${seed} npm run jest -- test/sim/at-every-moment`;
const oneInStride = <T>(moments: readonly T[], chosenFor: number): readonly T[] =>
  moments.filter((_, nth) => (nth + seed + chosenFor) % stride === 0);
const calls = unharmed.calls.map(({ nth }) => nth);
/** Two entries are people's: the opening and the activation. */
const entries = unharmed.entries.map(({ sequence }) => sequence).slice(2);

/** How often the service was told its capacity. */
const scalingsIn = ({ ledger }: Pick<Observed, 'ledger'>): number =>
  ledger.filter(({ operation, via, error }) => operation === 'UpdateService' && via === 'client' && !error).length;

const carriedOut = async (changes: Partial<Disaster>) => {
  const seen = await simulateDisaster(bench, { ...quiet, ...changes });
  return { broken: resultOf({ ...seen, unharmed }).violations, scalings: scalingsIn(seen) };
};
const killed = (around: Crash['around'], when: Crash['when'], nth: number, resumedAfterSeconds = 0) =>
  carriedOut({ crashes: [{ around, when, nth, resumedAfterSeconds }] });

describe(`the recovery of production, at one moment in ${stride} (${replay})`, () => {
  it('is recovered in peace, so that there is something to compare with', () => {
    expect(unharmed.outcome).toBe('recovered');
    expect(calls.length).toBeGreaterThan(200);
    expect(entries.length).toBeGreaterThan(80);
    expect(new Set(unharmed.calls.flatMap(({ operation, changes }) => (changes ? [operation] : [])))).toEqual(
      new Set([
        'StartRestoreJob',
        'ModifyDBInstance',
        'PutParameter',
        'UpdateService',
        'CreateChangeSet',
        'ExecuteChangeSet',
        'PutMetricData',
        'PutObject',
      ]),
    );
    expect(unharmed.left).toMatchObject({ liveRestores: 1, passwords: ['frankfurts-own-password'] });
    expect(scalingsIn(unharmed)).toBe(1);
  });

  it.each(['before', 'after'] as const)(
    'killed %s a call and resumed, ends the same and leaves the same',
    async (when) => {
      for (const nth of oneInStride(calls, when === 'before' ? 0 : 1))
        expect({ replay, nth, ...(await killed('call', when, nth)) }).toEqual({ replay, nth, broken: [], scalings: 1 });
    },
    600_000,
  );

  it.each(['before', 'after'] as const)(
    'killed %s an entry and resumed, ends the same and leaves the same',
    async (when) => {
      for (const nth of oneInStride(entries, when === 'before' ? 2 : 3))
        expect({ replay, nth, ...(await killed('entry', when, nth)) }).toEqual({ replay, nth, broken: [], scalings: 1 });
    },
    600_000,
  );

  // Longer than the patience of any gate; whoever finds the process dead at night does not resume it at once.
  it.each(['before', 'after'] as const)(
    'killed %s an entry and resumed twenty minutes later, ends the same and leaves the same',
    async (when) => {
      for (const nth of oneInStride(entries, when === 'before' ? 4 : 5))
        expect({ replay, nth, ...(await killed('entry', when, nth, 1200)) }).toEqual({ replay, nth, broken: [], scalings: 1 });
    },
    600_000,
  );

  it('started twice, is carried on by one', async () => {
    for (const nth of oneInStride(calls, 6))
      expect({ replay, nth, broken: (await carriedOut({ rivalAtCall: nth })).broken }).toEqual({ replay, nth, broken: [] });
  }, 600_000);
});
