import type { Interfering, RecordedCall } from '../../twin/doors/in-process.js';
import type { JournalEntry, Outcome } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import type { Instant } from '../model/time.js';
import type { Disaster } from './disaster.js';
import type { WatchedCall } from './orchestrator.js';

/** Fence and switch as they stood after a call that may have changed them. */
export interface Sighting {
  readonly afterCall: number;
  readonly epoch: { readonly epoch: number; readonly writer: string | null; readonly raisedBy: string } | undefined;
  readonly switch: { readonly run: string; readonly site: string; readonly receipt: string; readonly at: Instant } | undefined;
}

/** A hold, and what stands against each of the decisions it offers. */
export interface SeenHold {
  readonly sequence: number;
  readonly objections: readonly string[];
}

/** How one process that carried the run out ended. */
export interface Life {
  readonly orchestrator: number;
  readonly is: 'ended' | 'killed' | 'fenced' | 'failed';
  /** Calls there had been by then, of all of them. */
  readonly calls: number;
  readonly error?: string;
}

/** What a run left in AWS, without the moments at which it did. */
export interface LeftBehind {
  readonly liveRestores: number;
  readonly instances: readonly object[];
  readonly epoch: unknown;
  readonly switchedBy: string | null;
  /** Routing controls by site; null: production has none. */
  readonly controls: Readonly<Record<string, string>> | null;
  readonly tasks: number;
  readonly endpoint: string;
  /** Of the databases there are: what they take for their master's login. */
  readonly passwords: readonly string[];
  /** Parameters of the stack that keeps the site active. */
  readonly stack: unknown;
}

/** Everything that is known of one simulated run: what properties, coverage and figures are judged from. */
export interface Observed {
  readonly run: string;
  readonly plan: Plan;
  readonly disaster: Disaster;
  readonly disruptedAt: Instant;
  readonly rowsLost: number;
  readonly entries: readonly JournalEntry[];
  /** Which orchestrator wrote each entry; 0: a person. */
  readonly writers: readonly number[];
  readonly calls: readonly WatchedCall[];
  readonly sightings: readonly Sighting[];
  readonly holds: readonly SeenHold[];
  readonly lives: readonly Life[];
  /** The twin's own ledger from activation on. */
  readonly ledger: readonly RecordedCall[];
  readonly faults: readonly Interfering[];
  readonly outcome: Outcome | 'failed';
  readonly endedAt: Instant;
  readonly left: LeftBehind;
  /** The same disaster without a kill or a second orchestrator, where nothing else can make a difference. */
  readonly unharmed: Pick<Observed, 'outcome' | 'left'> | null;
}
