import type { RunbookTask } from './schemas.js';

/** Every `${task.field}` in a task's inputs. */
export const references = (task: RunbookTask): readonly { task: string; field: string; text: string }[] => {
  const given = 'uses' in task ? [task.with] : 'checks' in task ? task.checks.map((check) => check.with) : [];
  return [...JSON.stringify(given).matchAll(/\$\{([a-z0-9-]+)\.([A-Za-z0-9]+)\}/g)].map(([text, name, field]) => ({
    task: name!,
    field: field!,
    text,
  }));
};
