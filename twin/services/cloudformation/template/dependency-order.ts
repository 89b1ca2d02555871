import { validationError } from '../errors.js';

/** For each name the names that have to come before it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The names in an order in which each comes after all it depends on; ties keep the template's order.
 * @throws AwsError ValidationError naming the members of a circle.
 */
export const dependencyOrder = (dependencies: Dependencies): readonly string[] => {
  const ordered: string[] = [];
  const waiting = new Map([...dependencies].map(([name, before]) => [name, new Set(before)]));
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, before]) => before.size === 0)?.[0];
    if (ready === undefined) throw validationError(`Circular dependency between resources: [${circle(waiting).join(', ')}]`);
    waiting.delete(ready);
    ordered.push(ready);
    for (const before of waiting.values()) before.delete(ready);
  }
  return ordered;
};

/** What remains after everything that merely depends on the circle is taken away too. */
const circle = (waiting: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] => {
  const left = new Map(waiting);
  const isNeeded = (name: string): boolean => [...left.values()].some((before) => before.has(name));
  for (
    let leaf = [...left.keys()].find((name) => !isNeeded(name));
    leaf !== undefined;
    leaf = [...left.keys()].find((name) => !isNeeded(name))
  ) {
    left.delete(leaf);
  }
  return [...left.keys()];
};

/** The same graph the other way round: what has to be deleted before each. */
export const reversed = (dependencies: Dependencies): Dependencies => {
  const after = new Map([...dependencies.keys()].map((name) => [name, new Set<string>()]));
  for (const [name, before] of dependencies) for (const one of before) after.get(one)?.add(name);
  return after;
};
