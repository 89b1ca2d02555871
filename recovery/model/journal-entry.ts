import type { Decision } from './decision.js';
import type { Evidence } from './evidence.js';
import type { Instant } from './time.js';
import type { Mode, WorldName } from './plan.js';
import type { Receipt } from './receipt.js';
import type { RecordedError } from './recovery-error.js';

export type Outcome = 'recovered' | 'undone' | 'held' | 'stuck' | 'abandoned';

/** A moment and how we know it. */
export interface Clock {
  readonly at: Instant;
  readonly source: string;
}

/** What happened, in the past tense; what an entry adds is in its kind. */
export type Happening =
  | {
      readonly kind: 'opened';
      /** What its entries are written in (`formats/`); absent: 0, before formats had numbers. */
      readonly format?: number;
      readonly run: string;
      readonly planHash: string;
      readonly mode: Mode;
      readonly world: WorldName;
      readonly scenario: string | null;
      readonly seed: number | null;
      readonly disruptedAt: Clock;
      readonly detectedAt: Clock;
    }
  /** A newer version took over the journal: from here on its entries are of this format. */
  | { readonly kind: 'continued'; readonly format: number }
  /** SHA-256 of what all entries before this one come to: by it a reader knows whether a kept state is the journal's own. */
  | { readonly kind: 'checkpointed'; readonly stateHash: string; readonly format: number }
  | {
      readonly kind: 'activated';
      readonly by: string;
      readonly reason: string;
      readonly source: string;
      /** Calls the audit had counted by then; null where nobody counts. */
      readonly callsBefore: number | null;
    }
  | { readonly kind: 'started'; readonly task: string; readonly attempt: number }
  | { readonly kind: 'accepted'; readonly task: string; readonly attempt: number; readonly handle: unknown }
  | { readonly kind: 'done'; readonly task: string; readonly attempt: number; readonly output: unknown }
  | { readonly kind: 'verified'; readonly task: string; readonly attempt: number; readonly evidence: readonly Evidence[] }
  | {
      readonly kind: 'failed';
      readonly task: string;
      readonly attempt: number;
      readonly error: RecordedError;
      readonly evidence: readonly Evidence[];
    }
  | { readonly kind: 'asked'; readonly task: string; readonly attempt: number; readonly owner: string; readonly request: string }
  | { readonly kind: 'acknowledged'; readonly task: string; readonly by: string; readonly note: string; readonly source: string }
  | { readonly kind: 'authorised'; readonly task: string; readonly by: string; readonly reason: string; readonly source: string }
  | {
      readonly kind: 'decided';
      readonly task: string;
      readonly decision: Decision;
      readonly by: string;
      readonly reason: string;
      /** Of a waiver: from then on it counts no more. */
      readonly expiresAt?: Instant;
      /** Finished tasks that rest on the decided one, and are therefore done anew. */
      readonly again?: readonly string[];
    }
  | { readonly kind: 'undo-started'; readonly task: string; readonly attempt: number }
  | {
      readonly kind: 'undone';
      readonly task: string;
      readonly attempt: number;
      /** What stays where it is, for whoever disposes of it: nothing that holds data is deleted by a recovery. */
      readonly left: readonly string[];
    }
  | { readonly kind: 'undo-failed'; readonly task: string; readonly attempt: number; readonly error: RecordedError }
  | { readonly kind: 'receipted'; readonly receipt: Receipt }
  | { readonly kind: 'held'; readonly task: string; readonly reason: string; readonly choices: readonly string[] }
  | { readonly kind: 'paused'; readonly by: string; readonly reason: string; readonly source: string }
  | { readonly kind: 'resumed'; readonly notice: string }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | {
      readonly kind: 'calls-counted';
      readonly from: Instant;
      readonly to: Instant;
      readonly lostRegion: number;
      readonly usEast1ControlPlane: number;
      readonly source: string;
    }
  | {
      readonly kind: 'rows-compared';
      readonly before: number;
      readonly recovered: number;
      readonly lost: number;
      /** Ids that the recovery point does not account for. */
      readonly unexplained: readonly string[];
      readonly source: string;
    };

/** One line of a journal. `hash` covers everything else on the line, the previous line's hash included. */
export type JournalEntry = Happening & {
  readonly sequence: number;
  readonly at: Instant;
  readonly previousHash: string;
  readonly hash: string;
};
