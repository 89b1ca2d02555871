import { latestState } from '../engine/run-summary.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import type { RunStore } from '../ports/run-store.js';

/** Where a run stands, and its plan, without becoming its writer. @throws RecoveryError `invalid` for an unknown run. */
export const readRun = async (store: RunStore, run: string): Promise<{ state: RunState; plan: Plan }> => {
  const state = await stateOf(store, run);
  if (!state.opened) throw new RecoveryError('invalid', 'empty-run', `run ${run} never opened; start another with altsite run`);
  return { state, plan: await store.readPlan(state.planHash) };
};

export const stateOf = (store: RunStore, run: string): Promise<RunState> =>
  latestState(
    () => store.latest(run),
    () => store.read(run),
  );
