import { z } from 'zod';
import type { RunWorld } from '../../recovery/engine/run-plan.js';
import { defineStep, done, pending, type Step } from '../../recovery/kit/define-step.js';
import type { Plan } from '../../recovery/model/plan.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import { instant, milliseconds } from '../../recovery/model/time.js';
import { evidence } from '../../recovery/kit/define-check.js';

export const beginning = Date.parse('2030-01-01T02:00:00Z');

/** What sample steps did to the world: one entry per effect, in order. It outlives a crash of the orchestrator. */
export interface Effects {
  readonly done: { task: string; token: string }[];
  clockMs: number;
}
export const noEffects = (): Effects => ({ done: [], clockMs: beginning });

/** A step that works `seconds`, once per token however often it is asked, as AWS's idempotent calls do. */
export const sampleStep = (
  id: string,
  effects: Effects,
  options: { seconds?: number; fails?: () => Error | null; effect?: Step['effect']; undoes?: boolean; undoFails?: () => Error | null } = {},
): Step =>
  defineStep({
    uses: `sample.${id}`,
    summary: id,
    input: z.record(z.string(), z.unknown()),
    produces: { id: 'of the step', input: 'what it was given' },
    effect: options.effect ?? 'reversible',
    iam: [],
    expectedSeconds: options.seconds ?? 0,
    limitSeconds: 600,
    paceSeconds: 10,
    undo: options.undoes
      ? async (_handle, _input, ctx) => {
          const error = options.undoFails?.();
          if (error) throw error;
          if (milliseconds(ctx.at) < milliseconds(ctx.startedAt) + (options.seconds ?? 0) * 1000) return pending('going back');
          const at = effects.done.findIndex(({ token }) => token === ctx.token);
          if (at >= 0) effects.done.splice(at, 1);
          return done({ left: [`leftover of ${id}`] });
        }
      : 'nothing-to-undo',
    skippable: false,
    start: async (_input, ctx) => {
      const error = options.fails?.();
      if (error) throw error;
      if (!effects.done.some(({ token }) => token === ctx.token)) effects.done.push({ task: id, token: ctx.token });
      return { readyAt: milliseconds(ctx.startedAt) + (options.seconds ?? 0) * 1000 };
    },
    poll: async ({ readyAt }, input, ctx) => (milliseconds(ctx.at) >= readyAt ? done({ id, input }) : pending('working')),
    verify: async (_output, _input, ctx) => [
      evidence(ctx, `sample.${id}`, `${id} is there`, {
        holds: effects.done.some(({ task }) => task === id),
        expected: 'there',
        observed: 'there',
        source: 'sample',
      }),
    ],
  });

export const rejected = (message: string): RecoveryError => new RecoveryError('rejected', 'sample', message);
export const transient = (message: string): RecoveryError => new RecoveryError('transient', 'sample', message);

/** A world in which time passes only by sleeping, and authority is given when asked. */
export const sampleWorld = (effects: Effects, steps: readonly Step[], changes: Partial<RunWorld> = {}): RunWorld => ({
  clock: {
    passesByItself: false,
    now: () => instant(effects.clockMs),
    sleepUntil: async (until) => {
      effects.clockMs = Math.max(effects.clockMs, milliseconds(until));
    },
  },
  aws: {} as RunWorld['aws'],
  network: {} as RunWorld['network'],
  people: { ask: async () => undefined, answers: async () => [], pause: async () => null },
  authority: { authorise: async () => ({ by: 'cto', reason: 'sample', source: 'test' }) },
  steps,
  checks: [],
  watch: { entry: () => undefined, look: () => undefined },
  interrupted: () => false,
  ...changes,
});

export const stepsFor = (plan: Plan, effects: Effects, seconds = 30): Step[] =>
  plan.tasks.map(({ id, effect }) => sampleStep(id, effects, { seconds, effect }));
