/**
 * The tasks of a plan and what needs what, as lints walk it. Nothing here recurses: ten thousand tasks may stand in one chain.
 *
 * Who comes before whom is kept as one bit for each pair: 13 MB for ten thousand tasks, filled in a few milliseconds, and only for those who ask.
 */
import type { Task } from '../../../model/plan.js';
import { knots } from './knots.js';

export interface TaskGraph {
  readonly byId: ReadonlyMap<string, Task>;
  /** Each after all it needs. What is in a circle, or behind one, is not among them. */
  readonly order: readonly Task[];
  /** Tasks that need each other, each knot of them together. */
  readonly knots: readonly (readonly string[])[];
  /** Needs that are tasks of the plan. */
  needsOf(id: string): readonly string[];
  /** Whether a task comes before any of those: it is needed by it, directly or through others. */
  before(ids: readonly string[]): (id: string) => boolean;
}

export const taskGraph = (tasks: readonly Task[]): TaskGraph => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const needs = new Map(tasks.map((task) => [task.id, task.needs.filter((need) => byId.has(need))]));
  const needsOf = (id: string): readonly string[] => needs.get(id) ?? [];
  const found = knots(byId.keys(), needsOf);
  const tied = found.filter(([id = '', another]) => another !== undefined || needsOf(id).includes(id));
  const place = new Map<string, number>();
  for (const [id = '', another] of found)
    if (another === undefined && needsOf(id).every((need) => place.has(need))) place.set(id, place.size);

  const words = Math.ceil(place.size / 32);
  let bits: Uint32Array | undefined;
  /** Adds a task's row, and the task itself, to the row that begins at `at`. */
  const addTo = (row: Uint32Array, at: number, rows: Uint32Array, id: string): void => {
    const other = place.get(id) ?? 0;
    for (let word = 0; word <= other >> 5; word++) row[at + word]! |= rows[other * words + word]!;
    row[at + (other >> 5)]! |= 1 << (other & 31);
  };
  const filled = (): Uint32Array => {
    if (bits) return bits;
    bits = new Uint32Array(words * place.size);
    for (const [id, at] of place) for (const need of needsOf(id)) addTo(bits, at * words, bits, need);
    return bits;
  };
  return {
    byId,
    order: [...place.keys()].flatMap((id) => byId.get(id) ?? []),
    knots: tied,
    needsOf,
    before: (ids) => {
      const rows = filled();
      const has = (row: Uint32Array, at: number, id: string): boolean => {
        const asked = place.get(id);
        return asked !== undefined && (((row[at + (asked >> 5)] ?? 0) >>> (asked & 31)) & 1) === 1;
      };
      const starts = ids.flatMap((id) => (place.has(id) ? [(place.get(id) ?? 0) * words] : []));
      if (starts.length <= fewRows) return (id) => starts.some((at) => has(rows, at, id));
      const row = new Uint32Array(words);
      for (const at of starts) for (let word = 0; word < words; word++) row[word]! |= rows[at + word] ?? 0;
      return (id) => has(row, 0, id);
    },
  };
};

/** Of so many, asking each row is quicker than making one row of them. */
const fewRows = 8;
