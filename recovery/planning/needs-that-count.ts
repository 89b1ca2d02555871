import { depthsOf, type Needing } from '../model/graph.js';

/** Of what each task needs, only what no other need of it comes after anyway. */
export const needsThatCount = (tasks: readonly Needing[]): ReadonlyMap<string, readonly string[]> => {
  const depths = depthsOf(tasks);
  const depth = (id: string): number => depths.get(id) ?? 0;
  const before = new Map(tasks.map(({ id, needs }) => [id, needs]));
  return new Map(
    tasks.map(({ id, needs }) => {
      const shallowest = needs.reduce((least, need) => Math.min(least, depth(need)), Infinity);
      const passed = new Set<string>();
      // What stands no deeper than the shallowest need cannot come after any of them: the way up ends there.
      const open = needs.filter((need) => depth(need) > shallowest);
      for (let at = open.pop(); at !== undefined; at = open.pop())
        for (const next of before.get(at) ?? []) {
          if (passed.has(next)) continue;
          passed.add(next);
          if (depth(next) > shallowest) open.push(next);
        }
      return [id, needs.filter((need) => !passed.has(need))];
    }),
  );
};
