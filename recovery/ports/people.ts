import type { Instant } from '../model/time.js';

/** Who answers for people: a scenario in a rehearsal, the run's inbox otherwise. */
export interface People {
  /** Says that `task` waits for `owner`. */
  ask(request: { run: string; task: string; owner: string; request: string; at: Instant }): Promise<void>;
  /** Acknowledgements that have come in by now for tasks asked about, each once. */
  answers(at: Instant): Promise<readonly Acknowledgement[]>;
  /** An operator's wish that the run stand still, once; null: nobody wants that. */
  pause(): Promise<PauseRequest | null>;
}
export interface PauseRequest {
  readonly by: string;
  readonly reason: string;
  readonly source: string;
}
export interface Acknowledgement {
  readonly task: string;
  readonly by: string;
  readonly note: string;
  readonly source: string;
}

/** Asked before the first task that cannot be undone. */
export interface Authority {
  /** Null: nobody with authority has said so yet; the run holds. */
  authorise(request: {
    run: string;
    task: string;
    effect: string;
    at: Instant;
  }): Promise<{ by: string; reason: string; source: string } | null>;
}
