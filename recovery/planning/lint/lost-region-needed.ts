import { named } from './kit/named.js';
import { untilServed } from './kit/until-served.js';
import type { Lint } from './lint.js';

/** Work that calls the region it recovers from. */
export const lostRegionNeeded: Lint = {
  name: 'lost-region-needed',
  severity: 'refuses',
  why: 'a recovery that calls the lost region waits for what was lost',
  find: (plan) => {
    // A site that is left on purpose still answers.
    if (plan.mode === 'switchover' || plan.mode === 'failback') return [];
    const tasks = untilServed(plan)
      .filter(({ asks }) => asks.includes('from'))
      .map(({ id }) => id);
    if (tasks.length === 0) return [];
    const call = tasks.length === 1 ? 'calls' : 'call';
    const message = `${named(tasks)} ${call} ${plan.from.region}, which is lost; take what is needed from a survey or a copy elsewhere, or put it after the proof of the cut-over`;
    return [{ tasks, message }];
  },
};
