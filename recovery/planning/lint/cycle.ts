import type { TaskGraph } from './kit/task-graph.js';
import { named } from './kit/named.js';
import type { Lint } from './lint.js';

/** Tasks that need each other. */
export const cycle: Lint = {
  name: 'cycle',
  severity: 'refuses',
  why: 'tasks that need each other in a circle wait for each other for ever',
  find: ({ graph }) =>
    graph.knots.map((knot) => {
      const tasks = circleIn(graph, knot);
      const [first = ''] = tasks;
      const message =
        tasks.length === 1
          ? `${first} needs itself; remove this need`
          : `${named(tasks)} need each other in a circle; remove a need of one of them`;
      return { tasks, message };
    }),
};

/** One circle of a knot, each task before those that need it: every task of a knot needs another of it. */
const circleIn = (graph: TaskGraph, knot: readonly string[]): readonly string[] => {
  const within = new Set(knot);
  const walked = new Map<string, number>();
  let at = knot[0];
  while (at !== undefined && !walked.has(at)) {
    walked.set(at, walked.size);
    at = graph.needsOf(at).find((need) => within.has(need));
  }
  return [...walked.keys()].slice(walked.get(at ?? '') ?? 0).reverse();
};
