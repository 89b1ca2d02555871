import type { Begun, RunState, TaskProgress } from '../model/run-state.js';
import { noHistory } from './fold-history.js';

/** A state as only `fold.ts` may write it: ten thousand tasks are not copied for every entry. */
export interface Folded extends RunState {
  readonly tasks: Map<string, TaskProgress>;
  readonly begun: Map<string, Begun>;
}

/** A run of which nothing is written yet; each call its own. */
export const notBegun = (): Folded => ({
  run: '',
  planHash: '',
  opened: null,
  activated: null,
  authorised: null,
  tasks: new Map(),
  receipt: null,
  hold: null,
  outcome: null,
  abandoned: false,
  paused: null,
  begun: new Map(),
  undo: null,
  left: [],
  history: noHistory(),
});
