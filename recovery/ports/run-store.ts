import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import type { Journal, Latest, Summary } from './journal-store.js';

/** Who carries something out, and from where. */
export interface Writer {
  /** Different for every process, also on one machine. */
  readonly id: string;
  readonly host: string;
  readonly process: number;
  /** What was typed, or the role that said so. */
  readonly by: string;
  /** Real time, also where the run's world has another. */
  readonly since: string;
}

/** Who carries out one recovery. `run` is null until the run has its name. */
export interface Claim extends Writer {
  readonly run: string | null;
}

/** Where runs, plans and what people answer are kept. Everything may be shared between operators; how far, is the store's. */
export interface RunStore {
  /** For people: a folder or a bucket. */
  readonly place: string;
  /** What messages and reports call a run's journal. */
  nameOf(run: string): string;
  has(run: string): Promise<boolean>;
  /** Becomes the run's writer. @throws RecoveryError `fenced` while another is. */
  open(run: string, writer: Writer, summary?: Summary): Promise<Journal>;
  /** Reads without becoming the writer. @throws RecoveryError `invalid` for an unknown run, naming the known ones. */
  read(run: string): AsyncIterable<JournalEntry>;
  /** The same from the latest checkpoint on, where there is one that the journal proves. */
  latest(run: string): Promise<Latest>;
  /** Who carries the run out now, if anybody does. */
  writerOf(run: string): Promise<Writer | null>;

  savePlan(plan: Plan, hash: string): Promise<void>;
  /** @throws RecoveryError `invalid` when there is no such plan, or it is not the one that was named. */
  readPlan(hash: string): Promise<Plan>;

  /** Leaves a note for whoever carries out the run; one of the same name replaces it. */
  leave(run: string, name: string, note: object): Promise<void>;
  /** All notes of a run, by name. */
  notes(run: string): Promise<readonly (readonly [name: string, note: unknown])[]>;

  /** Who carries out a recovery as far as anybody said, if anybody did. */
  claimOf(recovery: string): Promise<Claim | null>;
  /** Replaces `held` (null: nobody's) by `next` (null: nobody's) in one piece; false: it is not `held` any more. */
  replaceClaim(recovery: string, held: Claim | null, next: Claim | null): Promise<boolean>;
}
