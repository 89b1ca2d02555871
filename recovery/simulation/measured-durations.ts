import type { DurationSource } from '../model/task-duration.js';
import type { Plan } from '../model/plan.js';
import type { Durations } from '../../twin/doors/in-process.js';

/** The work of AWS's that a step waits for longest, by the step; what other steps take is moments, or many things together. */
const longest = {
  'backup.restore-database': 'rds.restore-instance',
  'ecs.scale-service': 'ecs.start-task',
  'rds.set-master-password': 'rds.baseline-backup',
} as const satisfies Record<string, keyof Durations>;

/** What one piece of AWS's work is drawn from, and what that rests on. */
export interface MeasuredDuration {
  readonly work: string;
  /** The first that waits for it; others that use the same step are measured by the same runs. */
  readonly task: string;
  readonly leastSeconds: number;
  readonly mostSeconds: number;
  readonly source: DurationSource;
  readonly samples: number;
}

/** Durations that are drawn from what was measured (recoveries before drills) instead of the twin's own table of assumptions. */
export const measuredDurations = (plan: Plan): readonly MeasuredDuration[] =>
  Object.entries(longest).flatMap(([uses, work]) => {
    const task = plan.tasks.find((one) => one.does === 'step' && one.uses === uses);
    if (!task || task.duration.source === 'assumption') return [];
    const { earliestSeconds, latestSeconds, source, samples } = task.duration;
    return [{ work, task: task.id, leastSeconds: earliestSeconds, mostSeconds: latestSeconds, source, samples }];
  });

export const drawnFrom = (measured: readonly MeasuredDuration[]): Durations =>
  Object.fromEntries(measured.map(({ work, leastSeconds, mostSeconds }) => [work, { least: leastSeconds, most: mostSeconds }]));
