import type { JournalEntry } from '../model/journal-entry.js';
import type { RunState, TaskProgress } from '../model/run-state.js';

const waiting: TaskProgress = {
  is: 'waiting',
  attempt: 0,
  startedAt: null,
  finishedAt: null,
  handle: null,
  output: null,
  evidence: [],
  error: null,
};

export const notBegun: RunState = {
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
};

export const progressOf = (state: RunState, task: string): TaskProgress => state.tasks.get(task) ?? waiting;

/** What one more entry makes of a run: the only place that says what an entry means. */
export const foldEntry = (state: RunState, entry: JournalEntry): RunState => {
  const put = (task: string, change: Partial<TaskProgress>): RunState => ({
    ...state,
    tasks: new Map(state.tasks).set(task, { ...progressOf(state, task), ...change }),
  });
  switch (entry.kind) {
    case 'opened':
      return { ...state, run: entry.run, planHash: entry.planHash, opened: entry };
    case 'activated':
      return { ...state, activated: { at: entry.at, source: entry.source, by: entry.by, reason: entry.reason } };
    case 'authorised':
      return { ...state, authorised: { at: entry.at, source: entry.source, by: entry.by, reason: entry.reason } };
    case 'started':
      return put(entry.task, { ...waiting, is: 'started', attempt: entry.attempt, startedAt: entry.at });
    case 'accepted':
      return put(entry.task, { is: 'accepted', handle: entry.handle });
    case 'done':
      return put(entry.task, { is: 'done', output: entry.output });
    case 'verified':
      return put(entry.task, { is: 'verified', evidence: entry.evidence, finishedAt: entry.at });
    case 'failed':
      return put(entry.task, { is: 'failed', error: entry.error, evidence: entry.evidence, finishedAt: entry.at });
    case 'asked':
      return put(entry.task, { ...waiting, is: 'asked', attempt: entry.attempt, startedAt: entry.at });
    case 'acknowledged':
      return put(entry.task, { is: 'acknowledged', output: { by: entry.by, note: entry.note }, finishedAt: entry.at });
    case 'decided':
      return entry.decision === 'abandon'
        ? { ...state, hold: null, abandoned: true }
        : { ...put(entry.task, { ...waiting, attempt: progressOf(state, entry.task).attempt }), hold: null };
    case 'receipted':
      return { ...state, receipt: entry.receipt };
    case 'held':
      return { ...state, hold: { task: entry.task, reason: entry.reason, choices: entry.choices } };
    case 'resumed':
      return { ...state, hold: null };
    case 'ended':
      return { ...state, outcome: entry.outcome };
    case 'calls-counted':
    case 'rows-compared':
      return state;
  }
};

/** Where a run stands, from its journal alone. */
export const fold = (entries: readonly JournalEntry[]): RunState => entries.reduce(foldEntry, notBegun);
