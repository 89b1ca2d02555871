/** How many things each kind of record holds, by place: `{ "444455556666/eu-west-1": { "rds.instances": 1 } }`; what holds none is left out. */
export const countRecords = (
  entries: readonly { readonly name: string; readonly place: string; readonly value: unknown }[],
): Record<string, Record<string, number>> => {
  const counts: Record<string, Record<string, number>> = {};
  for (const { name, place, value } of entries) {
    for (const [kind, count] of sizes(name, value)) if (count > 0) (counts[place || 'partition'] ??= {})[kind] = count;
  }
  return counts;
};

/** A collection's size; for a group of collections, each one's. */
const sizes = (name: string, value: unknown): [string, number][] => {
  if (value instanceof Map || value instanceof Set) return [[name, value.size]];
  if (Array.isArray(value)) return [[name, value.length]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([part, held]): [string, number][] =>
    held instanceof Map || held instanceof Set ? [[`${name}.${part}`, held.size]] : [],
  );
};
