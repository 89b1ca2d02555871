import { describe, expect, it } from '@jest/globals';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { runPlan } from '../../recovery/engine/run-plan.js';
import type { JournalEntry } from '../../recovery/model/journal-entry.js';
import type { Plan } from '../../recovery/model/plan.js';
import { instant } from '../../recovery/model/time.js';
import { overtaken } from '../../recovery/simulation/properties/critical-goes-first.js';
import { fleetLost, fleetPlan } from '../helpers/fleet-world.js';
import { memoryJournal } from '../helpers/memory-journal.js';
import { opened, runWorldOver } from '../helpers/recovery-line.js';
import type { RecoveryWorld } from '../helpers/recovery-world.js';
import { instancesNow } from '../../recovery/simulation/standing/data.js';

const size = 40;
const begun = (): Promise<readonly JournalEntry[]> => memoryJournal().append([opened], '2030-01-01T00:00:00.000Z', 0);

/** What was restored, each as often as it was, and what came of it. */
const restoredNow = async (world: RecoveryWorld) => {
  const { RestoreJobs } = await world.call<{ RestoreJobs: { SourceResourceArn: string; CreatedResourceArn: string }[] }>(
    'backup',
    'ListRestoreJobs',
  );
  return {
    sources: RestoreJobs.map(({ SourceResourceArn }) => SourceResourceArn.split(':').at(-1)).sort(),
    made: new Set(RestoreJobs.map(({ CreatedResourceArn }) => CreatedResourceArn)).size,
    instances: (await instancesNow(world)).length,
  };
};
const eachOnce = (databases: readonly string[]) => ({ sources: [...databases].sort(), made: size, instances: size });

describe('a fleet of forty databases', () => {
  it('is restored, each database once, with one describe for all that look at one moment', async () => {
    const { world, databases } = await fleetLost(size);
    const before = world.ledger.total;
    const journal = memoryJournal(await begun());
    const { outcome, state } = await runPlan(fleetPlan(world, databases), journal, runWorldOver(world));
    expect({ outcome, hold: state.hold }).toEqual({ outcome: 'recovered', hold: null });
    expect(await restoredNow(world)).toEqual(eachOnce(databases));

    // Production's own as it was written down, each other as its recovery point says that it was.
    const classes = (await instancesNow(world)).map(({ DBInstanceClass }) => DBInstanceClass);
    expect(classes.filter((one) => one === 'db.m6g.large').length).toBe(size - 1);
    expect(classes).toContain('db.t4g.medium');

    const ours = world.ledger.since(before).filter(({ via }) => via === 'client');
    const moments = new Map<string, number>();
    for (const { operation, at } of ours)
      if (operation === 'DescribeDBInstances') moments.set(instant(at), (moments.get(instant(at)) ?? 0) + 1);
    // Whoever is done is verified at once: that is asked again, once for all who are.
    const done = new Set(journal.entries.flatMap((entry) => (entry.kind === 'done' && entry.task.startsWith('restore') ? [entry.at] : [])));
    for (const [at, describes] of moments) expect({ at, describes }).toEqual({ at, describes: done.has(at) ? 2 : 1 });
    const counted = (operation: string): number => ours.filter((call) => call.operation === operation).length;
    expect(counted('GetRestoreJobMetadata')).toBeLessThanOrEqual(size);
    expect(counted('ListRecoveryPointsByBackupVault')).toBe(1);
  }, 60_000);

  it('killed at random entries and resumed each time, restores each database once', async () => {
    const seed = 7;
    const random = xoroshiro128plus(seed);
    const { world, databases } = await fleetLost(size);
    let entries = await begun();
    const kills: number[] = [];
    for (;;) {
      const failAt = entries.length + uniformInt(random, 1, 40);
      const journal = memoryJournal(entries, failAt);
      const ended = await runPlan(fleetPlan(world, databases), journal, runWorldOver(world)).catch((error: unknown) => String(error));
      if (typeof ended !== 'string') {
        expect({ seed, kills, outcome: ended.outcome }).toEqual({ seed, kills, outcome: 'recovered' });
        break;
      }
      expect(ended).toContain('crashed before entry');
      kills.push(failAt);
      entries = journal.entries;
    }
    expect(kills.length).toBeGreaterThan(5);
    expect({ seed, kills, restored: await restoredNow(world) }).toEqual({ seed, kills, restored: eachOnce(databases) });
  }, 60_000);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'restores what is critical first, throttled and killed at random (seed %i); an engine that thinks the opposite is caught',
    async (seed) => {
      const random = xoroshiro128plus(seed);
      const { world, databases } = await fleetLost(12);
      const critical = new Set(databases.filter(() => uniformInt(random, 0, 1) === 1));
      const isCritical = (database: string): boolean => critical.has(database);
      await world.inject('throttling', { region: world.to.region, with: { service: 'backup', rate: uniformInt(random, 10, 60) / 100 } });
      // One restore after the other: whoever is first keeps all others waiting.
      const limits = () => ({ burst: 1, perSecond: 0.05, mostPerSecond: 0.1 });
      const restored = async (given: Plan): Promise<readonly JournalEntry[]> => {
        let entries = await begun();
        for (;;) {
          const journal = memoryJournal(entries, entries.length + uniformInt(random, 1, 60));
          const ended = await runPlan(given, journal, { ...runWorldOver(world), limits }).catch((error: unknown) => String(error));
          entries = journal.entries;
          if (typeof ended !== 'string') return entries;
          expect(ended).toContain('crashed before entry');
        }
      };
      const plan = fleetPlan(world, databases, isCritical);
      expect({ seed, overtaken: overtaken(plan, await restored(plan)) }).toEqual({ seed, overtaken: undefined });
      expect(overtaken(plan, await restored(fleetPlan(world, databases, (database) => !isCritical(database))))).toMatch(
        / began at .* which is critical, could have$/,
      );
    },
  );
});
