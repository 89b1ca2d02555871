import type { JournalEntry } from '../model/journal-entry.js';
import { milliseconds } from '../model/time.js';

/** When a task was first begun and last finished, milliseconds; no end: it was still under way. */
export interface TaskTime {
  readonly from: number;
  readonly to: number | undefined;
}

const finishing = new Set(['verified', 'failed', 'acknowledged', 'undone', 'undo-failed', 'decided']);

export const taskTimes = (entries: readonly JournalEntry[]): ReadonlyMap<string, TaskTime> => {
  const times = new Map<string, TaskTime>();
  for (const entry of entries) {
    if (!('task' in entry)) continue;
    const known = times.get(entry.task);
    const at = milliseconds(entry.at);
    if (entry.kind === 'started' || entry.kind === 'asked') times.set(entry.task, { from: known?.from ?? at, to: undefined });
    else if (known && finishing.has(entry.kind)) times.set(entry.task, { ...known, to: at });
  }
  return times;
};
