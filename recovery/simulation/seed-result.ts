import { sha256 } from '../model/canonical.js';
import { milliseconds, secondsBetween } from '../model/time.js';
import type { Observed } from './observed.js';
import { properties, type Violation } from './properties/index.js';
import type { Property } from './properties/property.js';
import { whatDecided, type WhatDecided } from './shortening.js';
import { taskTimes, type TaskTime } from './task-times.js';

/** All that is kept of one seed: small, and the same whenever and wherever it is simulated. */
export interface SeedResult extends WhatDecided {
  readonly seed: number;
  readonly outcome: Observed['outcome'];
  /** From the disruption until customers were served; null: they never were. */
  readonly rtoSeconds: number | null;
  readonly rowsLost: number;
  readonly calls: number;
  /** SHA-256 of the journal's lines. */
  readonly journal: string;
  readonly violations: readonly Violation[];
  /** `fault/task`: the task was under way while the fault was in force. */
  readonly met: readonly string[];
}

/** One run judged by every property, measured, and its coverage noted. */
export const resultOf = (seen: Observed, judges: readonly Property[] = properties): SeedResult => {
  const { plan, entries, disruptedAt } = seen;
  const times = taskTimes(entries);
  const proof = plan.tasks.find((task) => task.does === 'gate' && task.checks.some(({ uses }) => uses.startsWith('dns.')))?.id ?? '';
  const served = entries.findLast((entry) => entry.kind === 'verified' && entry.task === proof);
  return {
    seed: seen.disaster.seed,
    outcome: seen.outcome,
    rtoSeconds: served ? secondsBetween(disruptedAt, served.at) : null,
    rowsLost: seen.rowsLost,
    calls: seen.calls.length,
    journal: journalDigest(seen),
    violations: judges.flatMap(({ name, judge }) => {
      const what = judge(seen);
      return what === undefined ? [] : [{ property: name, what }];
    }),
    met: met(seen, times),
    ...(served ? whatDecided(plan, times, proof) : { path: [], savedByHalving: {} }),
  };
};

export const journalDigest = ({ entries }: Pick<Observed, 'entries'>): string =>
  sha256(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

/** The loss of production itself is met by everything, and says nothing. */
const met = ({ faults, plan, endedAt }: Observed, times: ReadonlyMap<string, TaskTime>): string[] => {
  const cells = new Set<string>();
  const end = milliseconds(endedAt);
  for (const { name, region, at, until = Infinity } of faults) {
    if (name === 'region-outage' && region === plan.from.region) continue;
    for (const [task, { from, to = end }] of times) if (from < until && at <= to) cells.add(`${name}/${task}`);
  }
  return [...cells];
};
