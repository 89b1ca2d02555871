import { topologicalOrder, type Needing } from '../model/graph.js';

/** Of what each task needs, only what no other need of it comes after anyway. */
export const needsThatCount = (tasks: readonly Needing[]): ReadonlyMap<string, readonly string[]> => {
  const places = new Map(tasks.map(({ id }, place) => [id, place]));
  // A bit for each pair of tasks, whether one comes before the other: 12 MB for ten thousand of them, and 32 pairs are looked at in one go.
  const words = Math.ceil(tasks.length / 32);
  const before = new Uint32Array(tasks.length * words);
  const counting = new Map<string, readonly string[]>();
  for (const { id, needs } of topologicalOrder(tasks)) {
    const own = (places.get(id) ?? 0) * words;
    const needed = needs.flatMap((need) => places.get(need) ?? []);
    for (const need of needed) for (let word = 0; word < words; word++) before[own + word]! |= before[need * words + word]!;
    counting.set(
      id,
      needs.filter((need) => {
        const place = places.get(need);
        return place === undefined || (before[own + (place >>> 5)]! & (1 << (place & 31))) === 0;
      }),
    );
    for (const need of needed) before[own + (need >>> 5)]! |= 1 << (need & 31);
  }
  return counting;
};
