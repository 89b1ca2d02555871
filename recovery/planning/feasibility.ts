import type { Plan, Quota, Task } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';

/** What a plan takes of one quota. */
export interface Demand {
  readonly name: string;
  readonly needed: number;
  readonly tasks: readonly string[];
  /** Null: nobody read it, so that what is left is unknown. */
  readonly quota: Quota | null;
}

type Judged = Pick<Plan, 'tasks' | 'quotas'>;

/** What the plan takes of each quota that its tasks consume. */
export const demandsOf = ({ tasks, quotas }: Judged): readonly Demand[] => {
  const names = [...new Set(tasks.flatMap(({ consumes = {} }) => Object.keys(consumes)))].sort();
  return names.map((name) => {
    const takes = ({ consumes }: Task): number => consumes?.[name] ?? 0;
    const takers = tasks.filter((task) => takes(task) > 0);
    const needed = takers.reduce((sum, task) => sum + takes(task), 0);
    return { name, needed, tasks: takers.map(({ id }) => id), quota: quotas.find((quota) => quota.name === name) ?? null };
  });
};

/** A plan that would fail halfway is refused before anything starts. @throws RecoveryError `invalid`, naming every quota that is too small. */
export const mustBeFeasible = (plan: Judged): void => {
  const objections = demandsOf(plan).flatMap(objectionTo);
  if (objections.length > 0)
    throw new RecoveryError('invalid', 'quota-too-small', `the plan cannot be carried out: ${objections.join(' · ')}`);
};

const objectionTo = ({ name, needed, tasks, quota }: Demand): string[] => {
  const by = `needed by ${tasks.slice(0, 5).join(', ')}${tasks.length > 5 ? ` and ${tasks.length - 5} more` : ''}`;
  if (!quota) return [`the quota ${name} was not read, and ${needed} of it are ${by}; survey again`];
  const { used, limit, region } = quota;
  const left = Math.max(0, limit - used);
  if (needed <= left) return [];
  return [
    `quota ${name} in ${region}: ${used} of ${limit} used, so ${left} left, and ${needed} ${by}; ` +
      'request an increase in Service Quotas, free what is not needed there, or recover fewer systems',
  ];
};
