import { canonical } from '../model/canonical.js';
import type { RunState } from '../model/run-state.js';
import type { Latest, Summary } from '../ports/journal-store.js';
import { foldEntry } from './fold.js';
import { notBegun } from './not-begun.js';

/** Raised whenever `RunState` changes its shape: a state that an older version kept is then not believed, and the journal read from its first entry. */
const shape = 2;

const summaryText = ({ tasks, begun, ...state }: RunState): string => canonical({ shape, ...state, tasks: [...tasks], begun: [...begun] });

const fromSummary = (text: string): RunState | null => {
  const {
    shape: kept,
    tasks,
    begun,
    ...state
  } = JSON.parse(text) as Omit<RunState, 'tasks' | 'begun'> & {
    shape: number;
    tasks: ConstructorParameters<typeof Map>[0];
    begun: ConstructorParameters<typeof Map>[0];
  };
  return kept === shape ? ({ ...state, tasks: new Map(tasks), begun: new Map(begun) } as RunState) : null;
};

/** Where a run stands, as a journal keeps it in its checkpoints. */
export const runSummary = (): Summary => {
  let state: RunState = notBegun();
  return {
    add: (entry) => void (state = foldEntry(state, entry)),
    text: () => summaryText(state),
  };
};

/** Where a run stands by its latest checkpoint and what came after it; by all of its journal where the checkpoint is of another version. */
export const latestState = async (latest: () => Promise<Latest>, whole: () => Latest['entries']): Promise<RunState> => {
  const { summary, entries } = await latest();
  const kept = summary === null ? null : fromSummary(summary);
  let state: RunState = kept ?? notBegun();
  for await (const entry of summary !== null && kept === null ? whole() : entries) state = foldEntry(state, entry);
  return state;
};
