import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { inWords, later, secondsBetween } from '../model/time.js';

interface Input {
  readonly raisedAt: string;
}
interface Output {
  readonly outwaitedAt: string;
}

/** Waits until every lease given before the epoch was raised has run out, by any clock: an unreachable site can only be outwaited. */
export const fenceOutwaitLease = defineStep<Input, null, Output>({
  uses: 'fence.outwait-lease',
  summary: 'wait until no lease of the lost site can still be valid',
  input: z.strictObject({ raisedAt: z.iso.datetime() }),
  produces: { outwaitedAt: 'from when on no older lease is valid' },
  effect: 'reversible',
  iam: [],
  part: 'fence',
  asks: [],
  expectedSeconds: 40,
  limitSeconds: 3600,
  paceSeconds: 5,
  // The fence.
  skippable: false,
  undo: 'nothing-to-undo',
  start: async () => null,
  poll: async (_handle, { raisedAt }, ctx) => {
    const free = freeAt(ctx, raisedAt);
    return ctx.at >= free ? done({ outwaitedAt: ctx.at }) : pending(`${inWords(secondsBetween(ctx.at, free))} of the lease left`);
  },
  verify: async ({ outwaitedAt }, { raisedAt }, ctx) => [
    evidence(ctx, 'fence.outwait-lease', 'no lease of the lost site can still be valid', {
      holds: outwaitedAt >= freeAt(ctx, raisedAt),
      expected: `not before ${freeAt(ctx, raisedAt)}`,
      observed: outwaitedAt,
      source: `the run's clock; epoch raised at ${raisedAt}`,
    }),
  ],
});

const freeAt = ({ targets: { global } }: StepContext, raisedAt: string): string =>
  later(raisedAt, global.leaseSeconds + global.clockSkewSeconds);
