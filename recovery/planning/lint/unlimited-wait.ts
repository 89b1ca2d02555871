import { named } from './kit/named.js';
import type { Lint, Finding } from './lint.js';

/** Waiting that nothing ends. */
export const unlimitedWait: Lint = {
  name: 'unlimited-wait',
  severity: 'refuses',
  why: 'a task that may wait for ever never says that it has failed',
  find: ({ tasks }) =>
    tasks.flatMap((task): Finding[] => {
      const { id, does, limitSeconds } = task;
      if (!Number.isFinite(limitSeconds) || limitSeconds <= 0) {
        const what = does === 'ask' ? `write how long ${task.owner} is waited for (within)` : 'declare a limit, in seconds, above 0';
        return [{ tasks: [id], message: `${id} has a limit of ${limitSeconds} s, which ends no wait; ${what}` }];
      }
      if (does !== 'gate') return [];
      const patient = task.checks.filter(({ patienceSeconds }) => !(patienceSeconds <= limitSeconds)).map(({ uses }) => uses);
      if (patient.length === 0) return [];
      const message = `${id} ends after ${limitSeconds} s, before ${named(patient)} would take a no for an answer; raise its limit, or lower that patience`;
      return [{ tasks: [id], message }];
    }),
};
