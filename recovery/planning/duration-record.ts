import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan, Work, WorldName } from '../model/plan.js';
import type { TaskDuration, Took } from '../model/task-duration.js';
import { milliseconds } from '../model/time.js';

/** What an assumption says of itself. */
export interface Assumed {
  readonly expectedSeconds: number;
  readonly limitSeconds: number;
}

/** How long a kind of work takes, from what earlier runs took; what nobody has measured is assumed. */
export type DurationRecord = (uses: string, assumed: Assumed) => TaskDuration;

/** What durations are kept by: the step a task uses, or what its gate asks; null for what people take. */
export const usedBy = (task: Work): string | null => {
  if (task.does === 'ask') return null;
  return task.does === 'step' ? task.uses : `gate of ${[...new Set(task.checks.map(({ uses }) => uses))].sort().join(', ')}`;
};

/** Nobody was asked. */
export const assumption = ({ expectedSeconds, limitSeconds }: Assumed): TaskDuration => ({
  earliestSeconds: expectedSeconds / 2,
  expectedSeconds,
  // A limit is set where something must be wrong: long before it, a task is merely late.
  latestSeconds: Math.max(expectedSeconds, Math.min(limitSeconds, 3 * expectedSeconds)),
  source: 'assumption',
  samples: 0,
});

/**
 * Recoveries in AWS count before drills and rehearsals: where there is one of those, these are not looked at. For a plan in AWS nothing counts that the
 * twin took.
 */
export const durationRecord = (all: readonly Took[], world: WorldName): DurationRecord => {
  const took = world === 'aws' ? all.filter((one) => one.world === 'aws') : all;
  const kept = new Map<string, { readonly [Source in Took['source']]: number[] }>();
  for (const { uses, seconds, source } of took) {
    const known = kept.get(uses) ?? { history: [], drill: [] };
    known[source].push(seconds);
    kept.set(uses, known);
  }
  const measured = new Map<string, TaskDuration>();
  for (const [uses, { history, drill }] of kept) {
    const sorted = (history.length ? history : drill).toSorted((a, b) => a - b);
    /** The smallest sample that so much of all do not exceed. */
    const quantile = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    measured.set(uses, {
      earliestSeconds: quantile(0.05),
      expectedSeconds: quantile(0.5),
      latestSeconds: quantile(0.95),
      source: history.length ? 'history' : 'drill',
      samples: sorted.length,
    });
  }
  return (uses, assumed) => measured.get(uses) ?? assumption(assumed);
};

/** Watches the entries of one run go by, first to last, and says how long each of its tasks took. */
export const durationsOf = (plan: Plan): { entry(entry: JournalEntry): void; took(): readonly Took[] } => {
  const uses = new Map(plan.tasks.flatMap((task) => (task.does === 'ask' ? [] : [[task.id, usedBy(task)] as const])));
  const source = plan.world === 'aws' && plan.mode !== 'drill' ? 'history' : 'drill';
  const began = new Map<string, number>();
  const took: Took[] = [];
  return {
    entry: (entry) => {
      // What a later attempt takes up was begun by an earlier one: only a first attempt says how long the work takes.
      if (entry.kind === 'started' && entry.attempt === 1) began.set(entry.task, milliseconds(entry.at));
      // Nobody looked between the crash and the resumption.
      if (entry.kind === 'resumed') began.clear();
      if (entry.kind === 'failed') began.delete(entry.task);
      if (entry.kind !== 'verified') return;
      const [since, used] = [began.get(entry.task), uses.get(entry.task)];
      began.delete(entry.task);
      if (since !== undefined && used != null)
        took.push({ uses: used, seconds: (milliseconds(entry.at) - since) / 1000, source, world: plan.world });
    },
    took: () => took,
  };
};
