import { orchestrator } from '../../lib/contract/names.js';
import type { RecoveryActions } from '../../lib/contract/recovery-actions.js';
import type { PlanDocuments } from './load-plan.js';
import { workOf, type Work } from './work-of.js';

/** What the tasks of a plan declare, by team; a team without any is left out. */
export const recoveryActions = (documents: Pick<PlanDocuments, 'phases'>, work: Work, around: readonly string[]): RecoveryActions => {
  const declared = new Map<string, Set<string>>([[orchestrator, new Set(around)]]);
  for (const { team, tasks } of documents.phases.flatMap(({ runbook }) => runbook.procedures)) {
    const actions = tasks.flatMap((task) => workOf(task, work).iam);
    if (actions.length) declared.set(team, new Set([...(declared.get(team) ?? []), ...actions]));
  }
  return Object.fromEntries([...declared].sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, actions]) => [who, [...actions].sort()]));
};
