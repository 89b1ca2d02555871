import type { PlanDocuments } from './load-plan.js';
import { workOf, type Work } from './work-of.js';

/** IAM actions by who calls them, sorted: each team by what its tasks use, and `orchestrator`, the recovery around them. */
export type RecoveryActions = Readonly<Record<string, readonly string[]>>;

/** What the tasks of a plan declare, by team; a team without any is left out. */
export const recoveryActions = (documents: Pick<PlanDocuments, 'phases'>, work: Work, orchestrator: readonly string[]): RecoveryActions => {
  const declared = new Map<string, Set<string>>([['orchestrator', new Set(orchestrator)]]);
  for (const { team, tasks } of documents.phases.flatMap(({ runbook }) => runbook.procedures)) {
    const actions = tasks.flatMap((task) => workOf(task, work).iam);
    if (actions.length) declared.set(team, new Set([...(declared.get(team) ?? []), ...actions]));
  }
  return Object.fromEntries([...declared].sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, actions]) => [who, [...actions].sort()]));
};
