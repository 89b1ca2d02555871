import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { epochObjectIam, epochSource, ownEpoch, readEpoch, writeEpoch } from '../kit/epoch-object.js';
import { infoSchema } from '../kit/web-documents.js';
import { getJson, originOf } from '../kit/website.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  readonly epoch: number;
  readonly outwaitedAt: string;
}
interface Output {
  readonly epoch: number;
  readonly writer: string;
}

/** Names this site as the writer of the run's own epoch, and waits until the application says that it writes. */
export const fenceOpenWrites = defineStep<Input, null, Output>({
  uses: 'fence.open-writes',
  summary: 'let the application of the site recovered to write',
  input: z.strictObject({ epoch: z.int(), outwaitedAt: z.iso.datetime() }),
  produces: { epoch: 'epoch the site writes under', writer: 'site that may write' },
  effect: 'irreversible',
  iam: [...epochObjectIam, 's3:PutObject'],
  writes: () => ['s3:object/epoch'],
  part: 'fence',
  asks: ['to', 'witness'],
  expectedSeconds: 20,
  limitSeconds: 600,
  paceSeconds: 5,
  // The fence.
  skippable: false,
  undo: 'point-of-no-return',
  start: async ({ epoch, outwaitedAt }, ctx) => {
    const found = await ownEpoch(ctx, epoch);
    if (found.record.writer === ctx.to.name) return null;
    if (found.record.writer !== null)
      throw new RecoveryError('fenced', 'other-writer', `epoch ${epoch} has ${found.record.writer} as its writer, not ${ctx.to.name}`);
    if (outwaitedAt > ctx.at)
      throw new RecoveryError('rejected', 'lease-runs', `the lost site's lease was said to be over at ${outwaitedAt}, which has not come`);
    await writeEpoch(ctx, { ...found.record, writer: ctx.to.name }, found);
    return null;
  },
  poll: async (_handle, { epoch }, ctx) => {
    const info = await getJson(ctx, originOf(ctx), '/info', infoSchema);
    if (info.writable && info.site === ctx.to.name && info.epoch === epoch) return done({ epoch, writer: ctx.to.name });
    return pending(`the application does not write yet: ${info.reason ?? `epoch ${info.epoch}`}`);
  },
  verify: async (_output, { epoch }, ctx) => [await recordEvidence(ctx, epoch), await applicationEvidence(ctx, epoch)],
});

const recordEvidence = async (ctx: StepContext, epoch: number) => {
  const found = await readEpoch(ctx);
  return evidence(ctx, 'fence.open-writes', `${ctx.to.name} and nobody else may write`, {
    holds: found?.record.epoch === epoch && found.record.writer === ctx.to.name && found.record.raisedBy === ctx.run,
    expected: `epoch ${epoch}, writer ${ctx.to.name}, raised by ${ctx.run}`,
    observed: found
      ? `epoch ${found.record.epoch}, writer ${found.record.writer ?? 'none'}, raised by ${found.record.raisedBy}`
      : 'no epoch',
    source: epochSource(ctx),
  });
};

const applicationEvidence = async (ctx: StepContext, epoch: number) => {
  const place = originOf(ctx);
  const info = await getJson(ctx, place, '/info', infoSchema);
  return evidence(ctx, 'fence.open-writes', 'the application says that it writes under the new epoch', {
    holds: info.writable && info.epoch === epoch && info.site === ctx.to.name,
    expected: `${ctx.to.name}, writable, epoch ${epoch}`,
    observed: `${info.site}, ${info.writable ? 'writable' : 'read-only'}, epoch ${info.epoch}`,
    source: `GET http://${place.host}:${place.port}/info`,
  });
};
