import type { JournalEntry } from '../model/journal-entry.js';
import type { Begun, RunState, TaskProgress } from '../model/run-state.js';
import type { Instant } from '../model/time.js';
import { historyWith } from './fold-history.js';
import { notBegun, type Folded } from './not-begun.js';

const waiting: TaskProgress = {
  is: 'waiting',
  attempt: 0,
  startedAt: null,
  acceptedAt: null,
  doneAt: null,
  finishedAt: null,
  handle: null,
  output: null,
  evidence: [],
  error: null,
  decided: null,
};

export const progressOf = (state: RunState, task: string): TaskProgress => state.tasks.get(task) ?? waiting;

/**
 * What one more entry makes of a run: the only place that says what an entry means. Only what `notBegun` began can be folded on, and what is
 * given is used up: the answer shares its maps.
 */
export const foldEntry = (given: RunState, entry: JournalEntry): RunState => {
  const state = { ...given, history: historyWith(given.history, entry) } as Folded;
  const put = (task: string, change: Partial<TaskProgress>): RunState => {
    state.tasks.set(task, { ...progressOf(state, task), ...change });
    return state;
  };
  const begin = (task: string, attempt: number, at: Instant): void =>
    void state.begun.set(`${task}/${attempt}`, { task, attempt, at, handle: null, undone: false });
  const amend = (task: string, attempt: number, change: Partial<Begun>): void => {
    const begun = state.begun.get(`${task}/${attempt}`);
    if (begun) state.begun.set(`${task}/${attempt}`, { ...begun, ...change });
  };
  switch (entry.kind) {
    case 'opened':
      return { ...state, run: entry.run, planHash: entry.planHash, opened: entry };
    case 'activated':
      return { ...state, activated: { at: entry.at, source: entry.source, by: entry.by, reason: entry.reason } };
    case 'authorised':
      return { ...state, authorised: { at: entry.at, source: entry.source, by: entry.by, reason: entry.reason } };
    case 'started':
      begin(entry.task, entry.attempt, entry.at);
      return put(entry.task, { ...waiting, is: 'started', attempt: entry.attempt, startedAt: entry.at });
    case 'accepted':
      amend(entry.task, entry.attempt, { handle: entry.handle });
      return put(entry.task, { is: 'accepted', handle: entry.handle, acceptedAt: entry.at });
    case 'done':
      return put(entry.task, { is: 'done', output: entry.output, doneAt: entry.at });
    case 'verified':
      return put(entry.task, { is: 'verified', evidence: entry.evidence, finishedAt: entry.at });
    case 'failed':
      return put(entry.task, { is: 'failed', error: entry.error, evidence: entry.evidence, finishedAt: entry.at });
    case 'asked':
      return put(entry.task, { ...waiting, is: 'asked', attempt: entry.attempt, startedAt: entry.at });
    case 'acknowledged':
      return put(entry.task, { is: 'acknowledged', output: { by: entry.by, note: entry.note }, finishedAt: entry.at });
    case 'decided':
      return decided(state, entry);
    case 'undo-started':
      // What the receipt proved is taken apart.
      return {
        ...put(entry.task, { is: 'undoing', attempt: entry.attempt, startedAt: entry.at, acceptedAt: null, finishedAt: null }),
        receipt: null,
      };
    case 'undone':
      amend(entry.task, entry.attempt, { undone: true });
      return {
        ...put(entry.task, { is: 'undone', finishedAt: entry.at }),
        left: [...new Set([...state.left, ...entry.left])],
      };
    case 'undo-failed':
      return {
        ...put(entry.task, { is: 'failed', error: entry.error, finishedAt: entry.at }),
        undo: state.undo && { ...state.undo, failed: entry.task },
      };
    case 'receipted':
      return { ...state, receipt: entry.receipt };
    case 'held':
      return { ...state, hold: { task: entry.task, reason: entry.reason, choices: entry.choices } };
    case 'paused':
      return { ...state, paused: { at: entry.at, by: entry.by, reason: entry.reason } };
    case 'resumed':
      return { ...state, hold: null, paused: null };
    case 'ended':
      return { ...state, outcome: entry.outcome, receipt: entry.outcome === 'undone' ? null : state.receipt };
    case 'continued':
    case 'checkpointed':
    case 'calls-counted':
    case 'rows-compared':
      return state;
  }
};

type Of<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;

/** What a person chose. Whether it counts is for `standing.ts` to say, which knows the plan. */
const decided = (state: Folded, entry: Of<'decided'>): RunState => {
  const { at, by, reason, expiresAt = null, task, again = [] } = entry;
  const why = { at, by, reason, expiresAt };
  const progress = progressOf(state, task);
  const anew = (id: string): readonly [string, TaskProgress] => [id, { ...waiting, attempt: progressOf(state, id).attempt }];
  const put = (change: TaskProgress): RunState => {
    for (const [id, fresh] of [...again.map(anew), [task, change] as const]) state.tasks.set(id, fresh);
    return { ...state, hold: null };
  };
  switch (entry.decision) {
    case 'retry':
      return put(anew(task)[1]);
    case 'skip':
      return put({ ...progress, is: 'skipped', finishedAt: at, decided: why });
    case 'waive':
      return put({ ...progress, is: 'waived', finishedAt: at, decided: why });
    case 'undo':
      return { ...state, hold: null, undo: { ...why, failed: null } };
    case 'abandon':
      return { ...state, hold: null, abandoned: true };
  }
};

/** Where a run stands, from its journal alone. */
export const fold = (entries: Iterable<JournalEntry>): RunState => {
  let state: RunState = notBegun();
  for (const entry of entries) state = foldEntry(state, entry);
  return state;
};

/** The same for entries that are still being read. */
export const foldAll = async (entries: AsyncIterable<JournalEntry>): Promise<RunState> => {
  let state: RunState = notBegun();
  for await (const entry of entries) state = foldEntry(state, entry);
  return state;
};
