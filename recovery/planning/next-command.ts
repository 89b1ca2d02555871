import type { PlanFinding } from './lint-plan.js';
import type { Overviewed } from './plan-overview.js';

/** What to type next, for whoever has read a plan. */
export const nextCommand = ({ world, from }: Overviewed, hash: string | null, found: readonly PlanFinding[]): string => {
  if (found.some(({ severity }) => severity === 'refuses')) return 'mend what refuses this plan, then altsite plan';
  if (hash === null) return 'altsite plan, where a twin or AWS can be asked; then altsite run --plan HASH';
  const account = world === 'aws' ? ` --world aws --account ${from.account} --authority ROLE --reason TEXT` : '';
  return `altsite run --plan ${hash}${account}`;
};
