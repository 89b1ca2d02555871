import { join } from 'node:path';
import { digestOfAssembly } from '../adapters/assembly-files.js';
import type { Home } from '../adapters/home.js';
import type { StartedTwin } from '../adapters/start-twin.js';
import { systemClock } from '../adapters/system-clock.js';
import { noteTested } from '../adapters/tested-assemblies.js';
import type { RunReport } from '../report/run-report.js';

/** Notes the assembly that a rehearsal recovered with, no row unexplained, so that it may be published as tested; at our own clock's time. */
export const noteRecovery = async (
  home: Home,
  { directory }: Pick<StartedTwin, 'directory'>,
  { scenario, seed }: { readonly scenario: string; readonly seed: string },
  { outcome, run, rows }: Pick<RunReport, 'outcome' | 'run' | 'rows'>,
): Promise<void> => {
  if (outcome !== 'recovered' || rows?.unexplained.length) return;
  const digest = await digestOfAssembly(join(directory, 'cdk.out'));
  const testedBy = `altsite rehearse --scenario ${scenario} --seed ${seed}`;
  await noteTested(home, { digest, testedBy, testedAt: systemClock.now(), run, outcome });
};
