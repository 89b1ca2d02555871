import type { Evidence } from './evidence.js';
import type { Clock, JournalEntry, Outcome } from './journal-entry.js';
import type { Instant } from './time.js';
import type { RecordedError } from './recovery-error.js';
import type { Receipt } from './receipt.js';

export type TaskState = 'waiting' | 'started' | 'accepted' | 'done' | 'verified' | 'failed' | 'asked' | 'acknowledged';

export interface TaskProgress {
  readonly is: TaskState;
  readonly attempt: number;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly handle: unknown;
  readonly output: unknown;
  readonly evidence: readonly Evidence[];
  readonly error: RecordedError | null;
}

/** Where a run stands; a pure function of its journal (`engine/fold.ts`). */
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
}
