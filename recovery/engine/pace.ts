import type { Task } from '../model/plan.js';
import type { Pace } from './cadence.js';
import type { Registries } from './step-context.js';

const usualPaceSeconds = 5;

/** How soon a task's work may be over, how late, and how often to look then. */
export const paceOf = (task: Task, { steps, checks }: Registries, isOnItsWay: boolean): Pace => {
  const { earliestSeconds, latestSeconds } = task.duration;
  if (task.does === 'step') {
    const step = steps.find(({ uses }) => uses === task.uses);
    return { paceSeconds: step?.paceSeconds ?? usualPaceSeconds, earliestSeconds: isOnItsWay ? earliestSeconds : 0, latestSeconds };
  }
  const paces = task.does === 'gate' ? task.checks.map(({ uses }) => checks.find((check) => check.uses === uses)?.paceSeconds) : [];
  return { paceSeconds: Math.min(usualPaceSeconds, ...paces.flatMap((pace) => pace ?? [])), earliestSeconds: 0, latestSeconds };
};
