import type { Check } from '../kit/define-check.js';
import type { Step, StepContext } from '../kit/define-step.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';

/** One call that an orchestrator made of AWS, as seen from its side. */
export interface WatchedCall {
  /** Counted over the whole run. */
  readonly nth: number;
  /** Which process made it. */
  readonly orchestrator: number;
  readonly task: string;
  readonly attempt: number;
  readonly undoing: boolean;
  /** As the AWS port names it. */
  readonly service: keyof Aws;
  readonly region: string;
  readonly operation: string;
  readonly changes: boolean;
  readonly input: Readonly<Record<string, unknown>>;
  /** Entries the journal had when it was sent. */
  readonly sequence: number;
  /** World time, milliseconds. */
  readonly at: number;
  /** Code of the error it was answered with; absent: it was answered. */
  error?: string;
}

/** One process that carries the run out. Dead, it does nothing any more: whatever it was about to do ends in an error. */
export class Orchestrator {
  private dead = false;

  constructor(readonly number: number) {}

  get alive(): boolean {
    return !this.dead;
  }
  /** @throws always */
  die(where: string): never {
    this.dead = true;
    // A bug is the one thing that nobody on the way makes an answer of AWS's out of.
    throw new RecoveryError('bug', 'killed', `killed ${where}`);
  }
  mustLive(): void {
    if (this.dead) this.die('already');
  }
}

/** Told around every call. */
export interface CallWatch {
  before(call: Omit<WatchedCall, 'nth' | 'sequence' | 'at'>): Promise<WatchedCall>;
  after(call: WatchedCall): Promise<void>;
}

const reading = /^(Describe|Get|List|Filter|Receive|Head)/;

type Send = (command: { input: object }) => Promise<object>;

/** The AWS port as one verb of one attempt has it: every call is told to the watch, by whom it was made and what for. */
const watchedAws = (aws: Aws, by: Orchestrator, watch: CallWatch, ctx: StepContext, undoing: boolean): Aws =>
  new Proxy(aws, {
    get: (port, service: keyof Aws) => (region: string, url: string) => {
      const client = port[service](region, url);
      const send: Send = async (command) => {
        by.mustLive();
        const operation = command.constructor.name.replace(/Command$/, '');
        const call = await watch.before({
          orchestrator: by.number,
          task: ctx.task,
          attempt: ctx.attempt,
          undoing,
          service,
          region,
          operation,
          changes: !reading.test(operation),
          input: command.input as WatchedCall['input'],
        });
        try {
          return await (client.send as unknown as Send)(command);
        } catch (error) {
          call.error = error instanceof RecoveryError ? error.code : 'unknown';
          throw error;
        } finally {
          await watch.after(call);
        }
      };
      return { send };
    },
  });

/** What one verb of one attempt may look at and call, all of it watched: a look goes out together with others', and is told as this task's own. */
const watched = (ctx: StepContext, by: Orchestrator, watch: CallWatch, undoing = false): StepContext => ({
  ...ctx,
  aws: watchedAws(ctx.aws, by, watch, ctx, undoing),
  look: async (kind, region, name) => {
    by.mustLive();
    const [service] = kind.of.split(':') as [keyof Aws];
    const { task, attempt } = ctx;
    const asked = { orchestrator: by.number, task, attempt, undoing, service, region, operation: `look at ${kind.of}`, changes: false };
    const call = await watch.before({ ...asked, input: { name } });
    try {
      return await ctx.look(kind, region, name);
    } catch (error) {
      call.error = error instanceof RecoveryError ? error.code : 'unknown';
      throw error;
    } finally {
      await watch.after(call);
    }
  },
});

/** The registries with every verb's calls watched. */
export const watchedSteps = (steps: readonly Step[], by: Orchestrator, watch: CallWatch): readonly Step[] => {
  const seen = (ctx: StepContext, undoing = false): StepContext => watched(ctx, by, watch, undoing);
  return steps.map((step) => ({
    ...step,
    start: (input, ctx) => step.start(input, seen(ctx)),
    poll: (handle, input, ctx) => step.poll(handle, input, seen(ctx)),
    verify: (output, input, ctx) => step.verify(output, input, seen(ctx)),
    undo:
      typeof step.undo === 'function'
        ? (
            (undo) => (handle, input, ctx) =>
              undo(handle, input, seen(ctx, true))
          )(step.undo)
        : step.undo,
  }));
};

export const watchedChecks = (checks: readonly Check[], by: Orchestrator, watch: CallWatch): readonly Check[] => {
  const seen = (ctx: StepContext): StepContext => watched(ctx, by, watch);
  return checks.map((check) => ({
    ...check,
    ...(check.provoke ? { provoke: async (input, ctx) => check.provoke?.(input, seen(ctx)) } : {}),
    ask: (input, ctx) => check.ask(input, seen(ctx)),
  }));
};
