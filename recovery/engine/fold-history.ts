import type { JournalEntry } from '../model/journal-entry.js';
import type { DecisionMade, History } from '../model/run-state.js';

export const noHistory = (): History => ({
  entries: 0,
  firstAt: null,
  lastAt: null,
  decisions: [],
  callsBefore: null,
  calls: null,
  rows: null,
});

/** What one more entry adds to what is told of a run. What is given is used up: the answer shares its list of decisions. */
export const historyWith = (given: History, entry: JournalEntry): History => {
  const history = { ...given, entries: entry.sequence, firstAt: given.firstAt ?? entry.at, lastAt: entry.at };
  switch (entry.kind) {
    case 'activated':
      return { ...history, callsBefore: entry.callsBefore };
    case 'decided': {
      const { at, task, decision, by, reason, expiresAt = null } = entry;
      (history.decisions as DecisionMade[]).push({ at, task, decision, by, reason, expiresAt });
      return history;
    }
    case 'calls-counted':
      return { ...history, calls: { lostRegion: entry.lostRegion, usEast1ControlPlane: entry.usEast1ControlPlane } };
    case 'rows-compared':
      return { ...history, rows: { before: entry.before, recovered: entry.recovered, lost: entry.lost, unexplained: entry.unexplained } };
    default:
      return history;
  }
};
