import type { Plan } from '../model/plan.js';
import { drawFault } from './drawn-faults.js';
import { coverageOf, type Coverage } from './coverage.js';
import { measuredDurations, type MeasuredDuration } from './measured-durations.js';
import type { SeedResult } from './seed-result.js';

/** `altsite simulate --json` (a contract: add, never rename). There is no time of ours in it. */
export interface SimulationSummary {
  readonly seeds: number;
  readonly fromSeed: number;
  readonly plan: string | null;
  readonly violations: readonly { readonly seed: number; readonly property: string; readonly what: string; readonly replay: string }[];
  readonly outcomes: Readonly<Record<string, number>>;
  /** Over all seeds; a run that never served customers took for ever, which is null. */
  readonly rto: {
    readonly p50: number | null;
    readonly p95: number | null;
    /** Share of all seeds. */
    readonly withinObjective: number;
    readonly objectiveSeconds: number;
    readonly samples: number;
    /** The same over the runs that served customers. */
    readonly served: { readonly p50: number | null; readonly p95: number | null; readonly samples: number };
  };
  readonly rowsLost: { readonly p50: number; readonly p95: number; readonly samples: number };
  /** How often each task was on the chain that decided when customers were served. */
  readonly criticalPath: readonly { readonly task: string; readonly onPath: number; readonly samples: number }[];
  /** What it would save if a task took half as long, most first. */
  readonly shorten: readonly {
    readonly task: string;
    readonly p50Seconds: number;
    readonly p95Seconds: number;
    readonly samples: number;
  }[];
  /** Durations that were drawn from measurements; all others are the twin's assumptions. */
  readonly measured: readonly MeasuredDuration[];
  readonly coverage: Coverage;
}

export interface Asked {
  readonly plan: Plan;
  readonly planHash: string | null;
  readonly fromSeed: number;
  readonly faults: readonly string[];
  /** The command line that simulates this seed alone. */
  readonly replay: (seed: number) => string;
}

/** Results of seeds made into what people and machines ask of a simulation; pure, whatever order they came in. */
export const summaryOf = (given: readonly SeedResult[], asked: Asked): SimulationSummary => {
  const results = [...given].sort((a, b) => a.seed - b.seed);
  const { rtoSeconds: objectiveSeconds } = asked.plan.objective;
  const all = results.map(({ rtoSeconds }) => rtoSeconds ?? Infinity);
  const served = results.filter(({ rtoSeconds }) => rtoSeconds !== null);
  const times = served.map(({ rtoSeconds }) => rtoSeconds ?? 0);
  const shorten = asked.plan.tasks
    .map(({ id }) => {
      const halved = served.map(({ rtoSeconds, savedByHalving }) => (rtoSeconds ?? 0) - (savedByHalving[id] ?? 0));
      const saves = (share: number): number => percentile(times, share) - percentile(halved, share);
      return { task: id, p50Seconds: finite(saves(0.5)) ?? 0, p95Seconds: finite(saves(0.95)) ?? 0, samples: served.length };
    })
    .filter(({ p50Seconds, p95Seconds }) => p50Seconds > 0 || p95Seconds > 0)
    .sort((a, b) => b.p50Seconds - a.p50Seconds || b.p95Seconds - a.p95Seconds);
  const onPath = (task: string): number => served.filter(({ path }) => path.includes(task)).length;
  const rows = results.map(({ rowsLost }) => rowsLost);
  return {
    seeds: results.length,
    fromSeed: asked.fromSeed,
    plan: asked.planHash,
    violations: results.flatMap(({ seed, violations }) => violations.map((one) => ({ seed, ...one, replay: asked.replay(seed) }))),
    outcomes: counted(results.map(({ outcome }) => outcome)),
    rto: {
      p50: finite(percentile(all, 0.5)),
      p95: finite(percentile(all, 0.95)),
      withinObjective: results.length === 0 ? 0 : all.filter((seconds) => seconds <= objectiveSeconds).length / results.length,
      objectiveSeconds,
      samples: results.length,
      served: { p50: finite(percentile(times, 0.5)), p95: finite(percentile(times, 0.95)), samples: served.length },
    },
    rowsLost: { p50: percentile(rows, 0.5), p95: percentile(rows, 0.95), samples: results.length },
    criticalPath: asked.plan.tasks
      .map(({ id }) => ({ task: id, onPath: onPath(id), samples: served.length }))
      .filter((one) => one.onPath > 0),
    shorten,
    measured: measuredDurations(asked.plan),
    coverage: coverageOf(
      results,
      asked.faults.filter((name) => drawFault[name]),
      asked.plan,
    ),
  };
};

/** Nearest rank: a value that was seen, with at least this share at or below it. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Infinity;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const counted = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
