/** A task as far as the order of tasks goes. */
export interface Needing {
  readonly id: string;
  readonly needs: readonly string[];
}

/** Everything each task comes after: what it needs, what that needs, and so on. @throws Error for tasks that need each other in a circle. */
export const everythingBefore = (tasks: readonly Needing[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const needs = new Map(tasks.map((task) => [task.id, task.needs]));
  const found = new Map<string, ReadonlySet<string>>();
  const before = (id: string, path: readonly string[]): ReadonlySet<string> => {
    if (path.includes(id)) throw new Error(`${[...path, id].join(' → ')} need each other in a circle`);
    const known = found.get(id);
    if (known) return known;
    const all = new Set<string>();
    for (const need of needs.get(id) ?? []) for (const one of [need, ...before(need, [...path, id])]) all.add(one);
    found.set(id, all);
    return all;
  };
  for (const { id } of tasks) before(id, []);
  return found;
};
