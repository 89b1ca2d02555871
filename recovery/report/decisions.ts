import type { Decision } from '../model/decision.js';
import type { JournalEntry } from '../model/journal-entry.js';
import type { Instant } from '../model/time.js';

/** Something a person decided about a held run. */
export interface DecisionLine {
  readonly at: Instant;
  readonly task: string;
  readonly decision: Decision;
  readonly by: string;
  readonly reason: string;
  /** When a waiver ends; null for any other decision. */
  readonly expiresAt: Instant | null;
}

export const decisionsIn = (entries: readonly JournalEntry[]): readonly DecisionLine[] =>
  entries.flatMap((entry) => {
    if (entry.kind !== 'decided') return [];
    const { at, task, decision, by, reason, expiresAt = null } = entry;
    return [{ at, task, decision, by, reason, expiresAt }];
  });

/** `02:45:00  retry smoke, by cto: application fixed` */
export const decisionInWords = ({ at, task, decision, by, reason, expiresAt }: DecisionLine): string =>
  `${at.slice(11, 19)}  ${decision} ${task}${expiresAt ? ` until ${expiresAt}` : ''}, by ${by}: ${reason}`;
