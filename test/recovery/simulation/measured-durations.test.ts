import { describe, expect, it } from '@jest/globals';
import { secondsBetween } from '../../../recovery/model/time.js';
import type { TaskDuration } from '../../../recovery/model/task-duration.js';
import { simulationText } from '../../../recovery/cli/simulation-text.js';
import { benchFor } from '../../../recovery/simulation/bench.js';
import { simulateSeed } from '../../../recovery/simulation/simulate-seed.js';
import { summaryOf } from '../../../recovery/simulation/summary.js';
import { ambassifyBench } from '../../helpers/simulation-bench.js';

const { plan } = ambassifyBench();
const quiet = { faults: [], atLeastOne: false, crashes: false };

const withRestore = (duration: TaskDuration) => ({
  ...plan,
  tasks: plan.tasks.map((task) => (task.id === 'restore-database' ? { ...task, duration } : task)),
});
const restoreSeconds = async (given: typeof plan, seed: number): Promise<number> => {
  const { entries } = await simulateSeed(benchFor(given), seed, quiet);
  const at = (kind: string): string =>
    entries.find((entry) => entry.kind === kind && 'task' in entry && entry.task === 'restore-database')!.at;
  return secondsBetween(at('started'), at('done'));
};

describe('how long AWS takes in a simulation', () => {
  it('is what it was measured to take, and what the twin assumes where nobody measured', async () => {
    const measured = withRestore({ earliestSeconds: 3_600, expectedSeconds: 4_000, latestSeconds: 4_500, source: 'history', samples: 4 });
    for (const seed of [12, 13]) {
      expect(await restoreSeconds(plan, seed)).toBeLessThan(1_200);
      const seconds = await restoreSeconds(measured, seed);
      expect(seconds).toBeGreaterThanOrEqual(3_600);
      expect(seconds).toBeLessThan(4_600);
    }
  });

  it('is told with what it rests on', () => {
    const asked = { planHash: null, fromSeed: 1, faults: [], replay: () => '' };
    const measured = withRestore({ earliestSeconds: 600, expectedSeconds: 700, latestSeconds: 900, source: 'drill', samples: 3 });
    expect(simulationText(summaryOf([], { ...asked, plan: measured }))).toContain(
      'restore-database (rds.restore-instance) 10 min 00 s to 15 min 00 s by 3 drills; all others as the twin assumes them',
    );
    expect(simulationText(summaryOf([], { ...asked, plan }))).toContain('durations  all as the twin assumes them');
  });
});
