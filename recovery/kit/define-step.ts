import type { z } from 'zod';
import type { Evidence } from '../model/evidence.js';
import type { Asked, Effect, Part, Targets } from '../model/plan.js';
import type { Receipt, Waiver } from '../model/receipt.js';
import type { Site } from '../model/site.js';
import type { Instant } from '../model/time.js';
import type { Aws } from '../ports/aws.js';
import type { Network } from '../ports/network.js';
import type { Look } from './look.js';

/** What a verb may look at and speak to. It never sleeps, loops or reads a clock: `at` is the moment of this call. */
export interface StepContext {
  readonly run: string;
  readonly task: string;
  readonly attempt: number;
  /** `run/task/attempt`: the same for every repetition of one attempt, so a resumed start is the same request. */
  readonly token: string;
  readonly at: Instant;
  /** When this attempt, or its undoing, was first started. */
  readonly startedAt: Instant;
  /**
   * Since when it has been waited for: for its start to be accepted, then for its work to be done, and anew when the run is taken up again:
   * while nobody looked, nobody waited. Patience and limits count from here.
   */
  readonly awaitedSince: Instant;
  readonly from: Site;
  readonly to: Site;
  readonly targets: Targets;
  readonly aws: Aws;
  readonly network: Network;
  /** Looks at one thing of a kind, by name; undefined: it is not there. Answered together with everybody else who looks at that kind now. */
  look<Found>(kind: Look<Found>, region: string, name: string): Promise<Found | undefined>;
  readonly receipt: Receipt | null;
  /** Output of a finished task. @throws RecoveryError `invalid` when that task has none yet. */
  outputOf(task: string): unknown;
  /** Evidence of every gate asked so far; of a waived one it says what did not hold. */
  readonly gates: readonly Evidence[];
  /** Gates that the authority let pass, and that have not expired. */
  readonly waivers: readonly Waiver[];
}

export type Looked<Output> = { readonly is: 'pending'; readonly progress: string } | { readonly is: 'done'; readonly output: Output };
/** What an undone step leaves where it is, each in words that name it. */
export interface Undone {
  readonly left: readonly string[];
}
export const pending = (progress: string): { is: 'pending'; progress: string } => ({ is: 'pending', progress });
export const done = <Output>(output: Output): { is: 'done'; output: Output } => ({ is: 'done', output });

/** A kind of work. See docs/ARCHITECTURE.md, "Work that takes long". */
export interface Step<Input = unknown, Handle = unknown, Output = unknown> {
  /** `service.verb-object` */
  readonly uses: string;
  readonly summary: string;
  readonly input: z.ZodType<Input>;
  /** What each field of its output is; a runbook takes one with `${task.field}`. */
  readonly produces: Readonly<Record<keyof Output & string, string>>;
  readonly effect: Effect;
  /** IAM actions its calls need. */
  readonly iam: readonly string[];
  /** Names of what it changes (`rds:db/NAME`), from its inputs as a runbook writes them; absent: nothing that another step changes too. */
  readonly writes?: (given: Readonly<Record<string, unknown>>) => readonly string[];
  /** Its part in moving traffic safely; absent: none. */
  readonly part?: Part;
  /** Whose regions its calls go to; absent: only that of the site recovered to. */
  readonly asks?: readonly Asked[];
  /** What of an account's quotas its work takes for good, by their names; absent: nothing. */
  readonly consumes?: (given: Readonly<Record<string, unknown>>, targets: Targets) => Readonly<Record<string, number>>;
  /** Assumed, until drills have measured it. */
  readonly expectedSeconds: number;
  readonly limitSeconds: number;
  /** Between two looks. */
  readonly paceSeconds: number;
  /** Looks for earlier work of this attempt first, then asks once. May be called twice. */
  start(input: Input, ctx: StepContext): Promise<Handle>;
  /** @throws RecoveryError `unexpected-status` for a status that is neither on the way nor the goal. */
  poll(handle: Handle, input: Input, ctx: StepContext): Promise<Looked<Output>>;
  /** Asks the world again; does not trust the output. */
  verify(output: Output, input: Input, ctx: StepContext): Promise<readonly Evidence[]>;
  /**
   * Takes back what one attempt did: looks first, asks once, is called again until it is done, and again after a crash.
   * Deletes nothing that holds data. The handle is null where the attempt got no further than its start.
   */
  readonly undo:
    'nothing-to-undo' | 'point-of-no-return' | ((handle: Handle | null, input: Input, ctx: StepContext) => Promise<Looked<Undone>>);
  /** Whether a person may have it count as finished without its work: only where a gate proves the same thing, or nothing rests on it. */
  readonly skippable: boolean;
}

/** Declares a step; the registry is `steps/index.ts`. */
export const defineStep = <Input, Handle, Output>(step: Step<Input, Handle, Output>): Step => step as unknown as Step;
