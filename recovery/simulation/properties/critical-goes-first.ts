import type { JournalEntry } from '../../model/journal-entry.js';
import type { Plan, Task } from '../../model/plan.js';
import type { Property } from './property.js';
import { Told } from './told.js';

/** Tasks that do the same make the same calls: whatever AWS allows of those, they share. */
const compete = (one: Task, other: Task): boolean => one.does === 'step' && other.does === 'step' && one.uses === other.uses;

/** A task that is not critical, begun while a critical one that it competes with could have been; undefined: there is none. */
export const overtaken = (plan: Plan, entries: readonly JournalEntry[]): string | undefined => {
  const told = new Told(plan);
  const byId = new Map(plan.tasks.map((task) => [task.id, task]));
  for (const entry of entries) {
    const begun = entry.kind === 'started' ? byId.get(entry.task) : undefined;
    if (begun && !begun.critical) {
      const mayBegin = ({ id, needs }: Task): boolean =>
        !told.tasks.has(id) && needs.every((need) => told.objection(byId.get(need)!, entry.at) === undefined);
      const waits = plan.tasks.find((task) => task.critical && task.effect === 'reversible' && compete(task, begun) && mayBegin(task));
      if (waits) return `${begun.id} began at ${entry.at} while ${waits.id}, which is critical, could have`;
    }
    told.hear(entry);
  }
  return undefined;
};

export const criticalGoesFirst: Property = {
  name: 'critical-goes-first',
  claim: 'no task begins while a critical one waits that shares its calls and comes after nothing unfinished',
  judge: ({ plan, entries }) => overtaken(plan, entries),
};
