import type { z } from 'zod';
import type { Evidence, Holds } from '../model/evidence.js';
import type { Asked } from '../model/plan.js';
import { secondsBetween } from '../model/time.js';
import { done, pending, type Step, type StepContext } from './define-step.js';

/** What one look at the world answered. */
export interface Answer {
  readonly holds: Holds;
  readonly expected: string;
  readonly observed: string;
  /** Which API, name or server was asked. */
  readonly source: string;
  /** What was observed, for machines. */
  readonly data?: Record<string, unknown>;
}

/** A claim about the world. It changes nothing that production relies on; `provoke` may send a synthetic probe (a canary, a test metric). */
export interface Check<Input = unknown> {
  /** Reads as a claim: `logs.canary-arrives`. */
  readonly uses: string;
  readonly claim: string;
  readonly input: z.ZodType<Input>;
  readonly iam: readonly string[];
  /** Whose regions its calls go to; absent: only that of the site recovered to. */
  readonly asks?: readonly Asked[];
  readonly expectedSeconds: number;
  /** How long a claim may stay other than true before that is the answer; 0 takes the first yes or no. */
  readonly patienceSeconds: number;
  readonly paceSeconds: number;
  /** Whether the authority may waive it, for a time and with a reason. Never the fence, the recovery point or the data (product.md, standing rule 4). */
  readonly waivable: boolean;
  provoke?(input: Input, ctx: StepContext): Promise<void>;
  ask(input: Input, ctx: StepContext): Promise<Answer>;
}

/** Declares a check; the registry is `checks/index.ts`. */
export const defineCheck = <Input>(check: Check<Input>): Check => check;

/** Evidence of a step about its own work, asked again after it was done. */
export const evidence = (ctx: StepContext, check: string, claim: string, answer: Answer): Evidence => ({
  check,
  claim,
  ...answer,
  at: ctx.at,
});

/** What declares nothing else speaks to the site recovered to. */
export const askedByDefault: readonly Asked[] = ['to'];

const seconds = (values: readonly number[]): number => Math.max(0, ...values);

/** No answer (throttled, nobody there, not visible yet) is asked for again this long, however little patience a check has with a no. */
const unknownPatienceSeconds = 300;

/**
 * A set of checks as one piece of work: start provokes, poll asks until every claim holds or patience ends, verify reports the answers.
 * A claim that is still unknown at the end of its patience stays `unknown`, and so does not hold.
 */
export const gate = (asked: readonly { check: Check; with: unknown }[]): Step =>
  ({
    uses: 'gate',
    summary: asked.map(({ check }) => check.claim).join('; '),
    input: undefined as never,
    produces: {},
    effect: 'reversible',
    iam: asked.flatMap(({ check }) => check.iam),
    asks: [...new Set(asked.flatMap(({ check }) => check.asks ?? askedByDefault))],
    expectedSeconds: seconds(asked.map(({ check }) => check.expectedSeconds)),
    limitSeconds: Math.max(unknownPatienceSeconds, ...asked.map(({ check }) => check.patienceSeconds)) + 120,
    paceSeconds: Math.min(...asked.map(({ check }) => check.paceSeconds)),
    undo: 'nothing-to-undo',
    skippable: false,
    start: async (_input, ctx) => {
      for (const { check, with: input } of asked) await check.provoke?.(input, ctx);
      return null;
    },
    poll: async (_handle, _input, ctx) => {
      const waited = secondsBetween(ctx.awaitedSince, ctx.at);
      const answers: Evidence[] = [];
      const waiting: string[] = [];
      for (const { check, with: input } of asked) {
        const answer = await check.ask(input, ctx);
        answers.push(evidence(ctx, check.uses, check.claim, answer));
        const holds = answer.holds === true || answer.holds === 'does-not-apply';
        const patience = answer.holds === 'unknown' ? Math.max(check.patienceSeconds, unknownPatienceSeconds) : check.patienceSeconds;
        if (!holds && waited < patience) waiting.push(`${check.uses}: ${answer.observed}`);
      }
      return waiting.length ? pending(waiting.join('; ')) : done(answers);
    },
    verify: async (answers) => answers as readonly Evidence[],
  }) satisfies Step;
