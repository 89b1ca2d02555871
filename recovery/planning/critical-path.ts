import type { Needing } from '../model/graph.js';

/** A task as far as its duration goes. */
export interface Timed extends Needing {
  readonly expectedSeconds: number;
}
/** When a task would start and end, counted from the start of the run, if everything took as long as expected. */
export interface Slot {
  readonly startsAfterSeconds: number;
  readonly endsAfterSeconds: number;
}

/** Each task starts as soon as all it needs has ended: the engine works on independent tasks at the same time. */
export const timetable = (tasks: readonly Timed[]): ReadonlyMap<string, Slot> => {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const slots = new Map<string, Slot>();
  const slotOf = (task: Timed): Slot => {
    const known = slots.get(task.id);
    if (known) return known;
    const needed = task.needs.flatMap((id) => byId.get(id) ?? []).map((need) => slotOf(need).endsAfterSeconds);
    const startsAfterSeconds = Math.max(0, ...needed);
    const slot = { startsAfterSeconds, endsAfterSeconds: startsAfterSeconds + task.expectedSeconds };
    slots.set(task.id, slot);
    return slot;
  };
  tasks.forEach(slotOf);
  return slots;
};

/** The chain of tasks that decides when the last one ends: to make the run shorter, shorten one of these. First to last. */
export const criticalPath = (tasks: readonly Timed[]): readonly string[] => {
  const slots = timetable(tasks);
  const end = ({ id }: Timed): number => slots.get(id)?.endsAfterSeconds ?? 0;
  const latest = (among: readonly Timed[]): Timed | undefined =>
    among.reduce<Timed | undefined>((best, task) => (best === undefined || end(task) > end(best) ? task : best), undefined);
  const path: string[] = [];
  for (let task = latest(tasks); task;) {
    path.unshift(task.id);
    const { needs } = task;
    task = latest(tasks.filter(({ id }) => needs.includes(id)));
  }
  return path;
};
