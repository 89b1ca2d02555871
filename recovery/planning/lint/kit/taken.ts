import type { Task } from '../../../model/plan.js';

const nothing: ReadonlySet<string> = new Set();
const known = new WeakMap<Task, ReadonlySet<string>>();

/** Ids of the tasks whose output this one takes; several lints ask, so each task is read once. */
export const takenBy = (task: Task): ReadonlySet<string> => {
  const found = known.get(task) ?? read(task);
  known.set(task, found);
  return found;
};

const read = (task: Task): ReadonlySet<string> => {
  const given = JSON.stringify(task.does === 'step' ? task.with : task.does === 'gate' ? task.checks : {});
  return given.includes('${') ? new Set([...given.matchAll(/"\$\{([a-z0-9-]+)\./g)].map(([, id = '']) => id)) : nothing;
};
