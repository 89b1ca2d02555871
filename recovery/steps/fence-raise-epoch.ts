import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { epochObjectIam, epochSource, ownEpoch, readEpoch, writeEpoch } from '../kit/epoch-object.js';

interface Handle {
  readonly epoch: number;
}
interface Output extends Handle {
  /** A moment after the write was answered: no lease on an older epoch was given later than this. */
  readonly raisedAt: string;
}

/** Raises the fence's epoch, with no writer: whoever held the last one cannot renew it. Needs nothing from the lost region. */
export const fenceRaiseEpoch = defineStep<object, Handle, Output>({
  uses: 'fence.raise-epoch',
  summary: "raise the fence's epoch, so that the lost site may not write when it comes back",
  input: z.strictObject({}),
  produces: { epoch: 'the new epoch', raisedAt: 'a moment after it was raised' },
  effect: 'irreversible',
  iam: [...epochObjectIam, 's3:PutObject'],
  writes: () => ['s3:object/epoch'],
  part: 'fence',
  asks: ['witness'],
  expectedSeconds: 2,
  limitSeconds: 300,
  paceSeconds: 2,
  // The fence.
  skippable: false,
  undo: 'point-of-no-return',
  start: async (_input, ctx) => {
    const found = await readEpoch(ctx);
    if (found?.record.raisedBy === ctx.run) return { epoch: found.record.epoch };
    // The first deploy sets epoch 1; where even that is gone, 2 still fences whoever remembers it.
    const epoch = (found?.record.epoch ?? 1) + 1;
    await writeEpoch(ctx, { epoch, writer: null, raisedBy: ctx.run }, found);
    return { epoch };
  },
  // A look of its own, later than the write: `ctx.at` of the start is from before it.
  poll: async ({ epoch }, _input, ctx) => {
    await ownEpoch(ctx, epoch);
    return done({ epoch, raisedAt: ctx.at });
  },
  verify: async ({ epoch }, _input, ctx) => [await epochEvidence(ctx, epoch)],
});

const epochEvidence = async (ctx: StepContext, epoch: number) => {
  const found = await readEpoch(ctx);
  return evidence(ctx, 'fence.raise-epoch', 'the epoch is this run’s, and nobody else may write under it', {
    holds: found?.record.epoch === epoch && found.record.raisedBy === ctx.run && [null, ctx.to.name].includes(found.record.writer),
    expected: `epoch ${epoch} raised by ${ctx.run}, without a writer or with ${ctx.to.name}`,
    observed: found
      ? `epoch ${found.record.epoch} raised by ${found.record.raisedBy}, writer ${found.record.writer ?? 'none'}`
      : 'no epoch',
    source: epochSource(ctx),
  });
};
