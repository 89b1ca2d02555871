import type { Task } from '../model/plan.js';
import type { CallClass } from './governor.js';

const isRead = (operation: string): boolean => /^(Describe|Get|List|Head|Filter|Search|Lookup|BatchGet)/.test(operation);
/** Allowed along with a call, and no call by themselves. */
const notCalled = new Set(['iam:PassRole', 'kms:Decrypt']);

export const classOfCall = (service: string, operation: string, region: string): CallClass => ({
  service,
  region,
  class: isRead(operation) ? 'read' : 'write',
});

export const keyOf = (calls: CallClass): string => `${calls.service}/${calls.region}/${calls.class}`;

/** The calls that a task's start will make, as far as its IAM actions tell: the first that changes something; null: it changes nothing. */
export const writesOf = (task: Task, region: string): CallClass | null => firstOf(task, region, false);

/** The calls that a look at a task makes; null: none. */
export const readsOf = (task: Task, region: string): CallClass | null => firstOf(task, region, true);

const firstOf = ({ iam }: Task, region: string, reads: boolean): CallClass | null => {
  for (const action of iam) {
    const [service = '', operation = ''] = action.split(':');
    if (!notCalled.has(action) && isRead(operation) === reads) return classOfCall(service, operation, region);
  }
  return null;
};
