/** A task as far as the order of tasks goes. */
export interface Needing {
  readonly id: string;
  readonly needs: readonly string[];
}
/** A task as far as its duration goes. */
export interface Timed extends Needing {
  readonly expectedSeconds: number;
}

/**
 * Each task after all it needs, otherwise as they were written; what is needed and not among them is taken as finished.
 * @throws Error for tasks that need each other in a circle.
 */
export const topologicalOrder = <Task extends Needing>(tasks: readonly Task[]): readonly Task[] => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const ordered: Task[] = [];
  const state = new Map<string, 'open' | 'ordered'>();
  for (const start of tasks) {
    // One path, and of each task on it the need to look at next: a recursion would end with a long enough plan.
    const path: { task: Task; next: number }[] = [];
    const enter = (task: Task): void => {
      state.set(task.id, 'open');
      path.push({ task, next: 0 });
    };
    if (!state.has(start.id)) enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { task } = top;
      const id = task.needs[top.next++];
      if (id === undefined) {
        state.set(task.id, 'ordered');
        ordered.push(task);
        path.pop();
        continue;
      }
      if (state.get(id) === 'open') {
        const round = path.slice(path.findIndex((one) => one.task.id === id)).map((one) => one.task.id);
        throw new Error(`${[...round, id].join(' → ')} need each other in a circle`);
      }
      const need = byId.get(id);
      if (need && !state.has(id)) enter(need);
    }
  }
  return ordered;
};

/** How many tasks stand in the longest chain of needs before each. */
export const depthsOf = (tasks: readonly Needing[]): ReadonlyMap<string, number> => {
  const depths = new Map<string, number>();
  for (const { id, needs } of topologicalOrder(tasks))
    depths.set(
      id,
      needs.reduce((deepest, need) => Math.max(deepest, (depths.get(need) ?? -1) + 1), 0),
    );
  return depths;
};

/** Everything one task comes after: what it needs, what that needs, and so on. */
export const ancestorsOf = (tasks: readonly Needing[], id: string): ReadonlySet<string> =>
  reachedFrom(id, new Map(tasks.map((task) => [task.id, task.needs])));

/** Everything that comes after one task: what needs it, what needs that, and so on. */
export const descendantsOf = (tasks: readonly Needing[], id: string): ReadonlySet<string> => {
  const needing = new Map<string, string[]>();
  for (const task of tasks)
    for (const need of task.needs) {
      const known = needing.get(need);
      if (known) known.push(task.id);
      else needing.set(need, [task.id]);
    }
  return reachedFrom(id, needing);
};

/** All that can be reached from one name along these ways, itself left out. */
export const reachedFrom = (from: string, ways: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of ways.get(at) ?? [])
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
};

/** `ancestorsOf` of every task: for small plans only, as it keeps a set for each. @throws Error for tasks that need each other in a circle. */
export const everythingBefore = (tasks: readonly Needing[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, ReadonlySet<string>>();
  for (const { id, needs } of topologicalOrder(tasks)) {
    const all = new Set(needs);
    for (const need of needs) for (const one of found.get(need) ?? []) all.add(one);
    found.set(id, all);
  }
  return found;
};
