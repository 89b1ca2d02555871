import type { Decision } from './decision.js';
import type { Evidence } from './evidence.js';
import type { Clock, JournalEntry, Outcome } from './journal-entry.js';
import type { Instant } from './time.js';
import type { RecordedError } from './recovery-error.js';
import type { Receipt } from './receipt.js';

export type TaskState =
  | 'waiting'
  | 'started'
  | 'accepted'
  | 'done'
  | 'verified'
  | 'failed'
  | 'asked'
  | 'acknowledged'
  | 'skipped'
  | 'waived'
  | 'undoing'
  | 'undone';

/** Who decided something about a task, when and why. */
export interface Decided {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  /** Of a waiver: from then on it counts no more. Null: of anything else. */
  readonly expiresAt: Instant | null;
}

/** One try at a step, in the order they were begun: what has to be undone, newest first. */
export interface Begun {
  readonly task: string;
  readonly attempt: number;
  readonly at: Instant;
  /** Null until the step has answered its start. */
  readonly handle: unknown;
  readonly undone: boolean;
}

export interface TaskProgress {
  readonly is: TaskState;
  readonly attempt: number;
  readonly startedAt: Instant | null;
  /** When its start was answered: what it asked for was begun by then. */
  readonly acceptedAt: Instant | null;
  /** When its work was done, as far as it could tell; what is verified is what AWS shows from then on. */
  readonly doneAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly handle: unknown;
  readonly output: unknown;
  readonly evidence: readonly Evidence[];
  readonly error: RecordedError | null;
  /** Of a skipped task or a waived gate. */
  readonly decided: Decided | null;
}

/** Something a person decided about a held run. */
export interface DecisionMade {
  readonly at: Instant;
  readonly task: string;
  readonly decision: Decision;
  readonly by: string;
  readonly reason: string;
  /** When a waiver ends; null for any other decision. */
  readonly expiresAt: Instant | null;
}

/** What a journal says of itself and of what was measured, for whoever does not read it all. */
export interface History {
  /** Sequence of the last entry. */
  readonly entries: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  readonly decisions: readonly DecisionMade[];
  /** Calls that the audit had counted at activation; null where nobody counts. */
  readonly callsBefore: number | null;
  readonly calls: { readonly lostRegion: number; readonly usEast1ControlPlane: number } | null;
  readonly rows: {
    readonly before: number;
    readonly recovered: number;
    readonly lost: number;
    readonly unexplained: readonly string[];
  } | null;
}

/** Where a run stands: what its journal comes to (`engine/fold.ts`). One is good until the next entry is folded into it: its maps are written in place. */
export interface RunState {
  readonly run: string;
  readonly planHash: string;
  readonly opened: Extract<JournalEntry, { kind: 'opened' }> | null;
  readonly activated: (Clock & { readonly by: string; readonly reason: string }) | null;
  readonly authorised: (Clock & { readonly by: string; readonly reason: string }) | null;
  readonly tasks: ReadonlyMap<string, TaskProgress>;
  readonly receipt: Receipt | null;
  readonly hold: { readonly task: string; readonly reason: string; readonly choices: readonly string[] } | null;
  readonly outcome: Outcome | null;
  readonly abandoned: boolean;
  /** Set while an operator wants the run to stand still. */
  readonly paused: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
  /** By `task/attempt`, in the order they were begun. */
  readonly begun: ReadonlyMap<string, Begun>;
  /** Set once somebody decided to undo the run; `failed`: the task whose undoing did not work. */
  readonly undo: (Decided & { readonly failed: string | null }) | null;
  /** What an undone run leaves where it is. */
  readonly left: readonly string[];
  readonly history: History;
}
