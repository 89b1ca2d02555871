import type { Task } from '../../model/plan.js';
import { named } from './kit/named.js';
import { takenBy } from './kit/taken.js';
import type { Finding, Lint } from './lint.js';

/** Work that waits for other work though nothing shows why. */
export const needlessSequence: Lint = {
  name: 'needless-sequence',
  severity: 'warns',
  why: 'work that waits for what it does not depend on makes the recovery longer',
  find: ({ graph }) =>
    graph.order.flatMap((task): Finding[] => {
      const needs = graph.needsOf(task.id);
      if (needs.length === 0 || ordered(task)) return [];
      const taken = takenBy(task);
      const writes = new Set(task.writes);
      // A need that another need comes after anyway makes nothing longer.
      const implied = graph.before(needs);
      const needless = needs.filter((need) => {
        const earlier = graph.byId.get(need);
        if (!earlier || ordered(earlier) || implied(need) || taken.has(need)) return false;
        return task.because[need] === undefined && !earlier.writes.some((thing) => writes.has(thing));
      });
      if (needless.length === 0) return [];
      const [first = ''] = needless;
      // A need of another procedure's task is written as a need of that procedure.
      const procedure = graph.byId.get(first)?.procedure ?? '';
      const beside = procedure === task.procedure ? `{ task: ${first}, because: … }` : `{ procedure: ${procedure}, because: … }`;
      const remove = needless.length === 1 ? 'remove this need' : 'remove these needs';
      return [
        {
          tasks: [...needless, task.id],
          message: `nothing shows why ${task.id} waits for ${named(needless)}; ${remove}, or write why, as ${beside}`,
        },
      ];
    }),
};

/** Work whose place in the order is its meaning: what people and gates answer, what cannot be undone, and what the cut-over rests on. */
const ordered = ({ does, effect, part }: Task): boolean => does !== 'step' || effect !== 'reversible' || part !== null;
