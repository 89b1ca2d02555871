import { topologicalOrder, type Timed } from '../model/graph.js';

/** When a task would start and end, counted from the start of the run, if everything took as long as expected. */
export interface Slot {
  readonly startsAfterSeconds: number;
  readonly endsAfterSeconds: number;
}

/** Each task starts as soon as all it needs has ended: the engine works on independent tasks at the same time. */
export const timetable = (tasks: readonly Timed[]): ReadonlyMap<string, Slot> => {
  const slots = new Map<string, Slot>();
  for (const { id, needs, expectedSeconds } of topologicalOrder(tasks)) {
    const startsAfterSeconds = needs.reduce((latest, need) => Math.max(latest, slots.get(need)?.endsAfterSeconds ?? 0), 0);
    slots.set(id, { startsAfterSeconds, endsAfterSeconds: startsAfterSeconds + expectedSeconds });
  }
  return slots;
};

/** The chain of tasks that decides when the last one ends: to make the run shorter, shorten one of these. First to last. */
export const criticalPath = (tasks: readonly Timed[]): readonly string[] => {
  const slots = timetable(tasks);
  const places = new Map(tasks.map(({ id }, at) => [id, at]));
  const end = (at: number): number => slots.get(tasks[at]!.id)?.endsAfterSeconds ?? 0;
  /** Of those that end last, the one that was written first. */
  const latest = (among: Iterable<number>): number | undefined => {
    let best: number | undefined;
    for (const at of among) if (best === undefined || end(at) > end(best) || (end(at) === end(best) && at < best)) best = at;
    return best;
  };
  const path: string[] = [];
  for (let at = latest(tasks.keys()); at !== undefined;) {
    const task: Timed = tasks[at]!;
    path.push(task.id);
    at = latest(task.needs.flatMap((need) => places.get(need) ?? []));
  }
  return path.reverse();
};
