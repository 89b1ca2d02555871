import type { Plan, Task } from '../model/plan.js';
import type { RunState } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { progressOf } from './fold.js';
import { holdAt, type Hold } from './holding.js';
import { indexOf } from './plan-index.js';

export type NextUndo =
  | { readonly is: 'undo'; readonly task: Task; readonly attempt: number; readonly again: boolean }
  | { readonly is: 'hold'; readonly hold: Hold }
  | { readonly is: 'end' };

/** What a run being undone does next: newest first, one after the other, so that each step finds the world as it left it. */
export const nextUndo = (plan: Plan, state: RunState, now: Instant): NextUndo => {
  const { byId } = indexOf(plan);
  const newest = [...state.begun.values()].findLast(({ task, undone }) => !undone && byId.get(task)?.undo === 'undoes');
  const task = newest && byId.get(newest.task);
  if (!newest || !task) return { is: 'end' };
  const failed = state.undo?.failed ?? null;
  if (failed !== null) {
    const { error } = progressOf(state, failed);
    return { is: 'hold', hold: holdAt(plan, state, now, failed, `${failed} could not be undone: ${error?.message ?? 'no reason given'}`) };
  }
  const { is, attempt } = progressOf(state, task.id);
  return { is: 'undo', task, attempt: newest.attempt, again: is === 'undoing' && attempt === newest.attempt };
};
