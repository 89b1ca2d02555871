import { everythingBefore } from '../model/graph.js';
import { timetable, type Timed } from './critical-path.js';

/** Tasks in the order they would start, each after all it needs; of those that start together, as they were written. */
export const graphOrder = <Task extends Timed>(tasks: readonly Task[]): readonly Task[] => {
  const slots = timetable(tasks);
  const before = everythingBefore(tasks);
  const start = ({ id }: Task): number => slots.get(id)?.startsAfterSeconds ?? 0;
  // Of two that start at the same moment, one may need the other where that takes no time: it comes after more.
  const depth = ({ id }: Task): number => before.get(id)?.size ?? 0;
  return [...tasks].sort((a, b) => start(a) - start(b) || depth(a) - depth(b));
};
