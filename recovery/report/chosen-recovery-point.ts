import type { Plan } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import { secondsBetween, type Instant } from '../model/time.js';

/** What a run restores its data from. */
export interface ChosenRecoveryPoint {
  readonly arn: string;
  readonly snapshotAt: Instant;
  readonly completedAt: Instant;
}

/** Null until it is chosen. */
export const chosenRecoveryPoint = (plan: Plan, state: RunState): ChosenRecoveryPoint | null => {
  const chooses = plan.tasks.find((task) => task.does === 'step' && task.uses === 'backup.choose-recovery-point');
  const output = (chooses && state.tasks.get(chooses.id)?.output) as Record<string, string | undefined> | null | undefined;
  const arn = output?.['recoveryPointArn'];
  return arn ? { arn, snapshotAt: output?.['snapshotAt'] ?? '', completedAt: output?.['completedAt'] ?? '' } : null;
};

/** Seconds of data that are lost with it; null while either moment is unknown. */
export const lostSeconds = (plan: Plan, state: RunState): number | null => {
  const chosen = chosenRecoveryPoint(plan, state);
  return chosen && state.opened ? secondsBetween(chosen.snapshotAt, state.opened.disruptedAt.at) : null;
};
