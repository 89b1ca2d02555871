import { depthsOf, type Timed } from '../model/graph.js';
import { timetable } from './critical-path.js';

/** Tasks in the order they would start, each after all it needs; of those that start together, as they were written. */
export const graphOrder = <Task extends Timed>(tasks: readonly Task[]): readonly Task[] => {
  const slots = timetable(tasks);
  const depths = depthsOf(tasks);
  const start = ({ id }: Task): number => slots.get(id)?.startsAfterSeconds ?? 0;
  // Of two that start at the same moment, one may need the other where that takes no time: it stands deeper.
  const depth = ({ id }: Task): number => depths.get(id) ?? 0;
  return [...tasks].sort((a, b) => start(a) - start(b) || depth(a) - depth(b));
};
