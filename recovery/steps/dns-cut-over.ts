/**
 * Moves traffic, by the existence of one object that the failover pair's inverted health check watches.
 *
 * 1. No receipt for this very site, no cut-over; no fence, no cut-over.
 * 2. Written only if it still is as it was when it was looked at: of two orchestrators one moves traffic, and the other finds that it has.
 * 3. Only S3 of the site recovered to is asked: no record, no health check and no other control plane is touched.
 */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { epochObjectIam, readEpoch } from '../kit/epoch-object.js';
import { hashOf } from '../model/canonical.js';
import type { Receipt } from '../model/receipt.js';
import { parseJson } from '../kit/parse-json.js';
import { RecoveryError } from '../model/recovery-error.js';

const switchSchema = z.object({ run: z.string(), site: z.string(), receipt: z.string(), at: z.string(), before: z.array(z.string()) });
type Switch = z.infer<typeof switchSchema>;

interface Output {
  readonly switchedAt: string;
  readonly receipt: string;
  /** Addresses that the customers' name had before. */
  readonly before: readonly string[];
}

export const dnsCutOver = defineStep<object, null, Output>({
  uses: 'dns.cut-over',
  summary: 'move traffic to the site recovered to',
  input: z.strictObject({}),
  produces: {
    switchedAt: 'when traffic was moved',
    receipt: 'hash of the receipt it was moved with',
    before: "addresses of the customers' name before",
  },
  effect: 'irreversible',
  iam: [...epochObjectIam, 's3:PutObject'],
  writes: () => ['s3:object/switch'],
  part: 'cut-over',
  asks: ['to', 'witness'],
  expectedSeconds: 2,
  limitSeconds: 300,
  paceSeconds: 2,
  // What the run is for.
  skippable: false,
  undo: 'point-of-no-return',
  start: async (_input, ctx) => {
    const there = await lookAtSwitch(ctx);
    if (there?.switch?.run === ctx.run) return null;
    const receipt = validReceipt(ctx);
    await refuseWithoutFence(ctx);
    const { switchRegion, switchBucket, switchKey } = ctx.targets.global;
    const views = await ctx.network.resolve(ctx.targets.global.webName);
    const before = [...new Set(views.flatMap(({ addresses }) => addresses))];
    const body: Switch = { run: ctx.run, site: ctx.to.name, receipt: hashOf(receipt), at: ctx.at, before };
    const put = { Bucket: switchBucket, Key: switchKey, Body: JSON.stringify(body), ContentType: 'application/json' };
    const unchanged = there ? { IfMatch: there.etag } : { IfNoneMatch: '*' };
    try {
      await ctx.aws.s3(switchRegion).send(new PutObjectCommand({ ...put, ...unchanged }));
    } catch (error) {
      if (error instanceof RecoveryError && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.code))
        throw new RecoveryError('transient', error.code, `${switchSource(ctx)} was written by somebody else meanwhile`, { cause: error });
      throw error;
    }
    return null;
  },
  poll: async (_handle, _input, ctx) => {
    const found = await readSwitch(ctx);
    if (found?.run === ctx.run) return done({ switchedAt: found.at, receipt: found.receipt, before: found.before });
    throw new RecoveryError('unexpected-status', 'switch-lost', `${switchSource(ctx)} is ${found ? `that of run ${found.run}` : 'gone'}`);
  },
  verify: async (_output, _input, ctx) => {
    const found = await readSwitch(ctx);
    return [
      evidence(ctx, 'dns.cut-over', 'the switch is thrown, for this site and by this run', {
        holds: found?.run === ctx.run && found.site === ctx.to.name,
        expected: `${ctx.to.name} by ${ctx.run}`,
        observed: found ? `${found.site} by ${found.run}` : 'not there',
        source: switchSource(ctx),
      }),
    ];
  },
});

const switchSource = ({ targets: { global } }: StepContext): string =>
  `s3://${global.switchBucket}/${global.switchKey} in ${global.switchRegion}`;

/** @throws RecoveryError `rejected` unless there is a receipt for this site, of this run, that has not expired. */
const validReceipt = ({ receipt, run, to, at }: StepContext): Receipt => {
  const refuse = (why: string): never => {
    throw new RecoveryError('rejected', 'no-receipt', `DNS does not move: ${why}`);
  };
  if (!receipt) return refuse('no receipt was issued');
  if (receipt.run !== run) return refuse(`the receipt is of run ${receipt.run}, not of ${run}`);
  if (receipt.site !== to.name || receipt.region !== to.region)
    return refuse(`the receipt is for ${receipt.site} in ${receipt.region}, not for ${to.name} in ${to.region}`);
  if (receipt.expiresAt <= at) return refuse(`the receipt expired at ${receipt.expiresAt}`);
  const [late] = receipt.waived.filter(({ expiresAt }) => expiresAt <= at);
  if (late) return refuse(`${late.task} did not hold, and the waiver by ${late.by} expired at ${late.expiresAt}`);
  return receipt;
};

const refuseWithoutFence = async (ctx: StepContext): Promise<void> => {
  const record = (await readEpoch(ctx))?.record;
  if (record?.writer === ctx.to.name && record.raisedBy === ctx.run) return;
  const stands = record ? `epoch ${record.epoch} was raised by ${record.raisedBy}, writer ${record.writer ?? 'none'}` : 'there is no epoch';
  throw new RecoveryError('rejected', 'no-fence', `DNS does not move: ${stands}; this run must hold the fence for ${ctx.to.name}`);
};

/** The switch as it stands; undefined: not thrown, or thrown by something that is not a run. */
const readSwitch = async (ctx: StepContext): Promise<Switch | undefined> => (await lookAtSwitch(ctx))?.switch;

/** The object that is the switch, whatever is in it; undefined: there is none. */
const lookAtSwitch = async (ctx: StepContext): Promise<{ switch: Switch | undefined; etag: string | undefined } | undefined> => {
  const { switchRegion, switchBucket, switchKey } = ctx.targets.global;
  try {
    const { Body, ETag } = await ctx.aws.s3(switchRegion).send(new GetObjectCommand({ Bucket: switchBucket, Key: switchKey }));
    const found = switchSchema.safeParse(parseJson((await Body?.transformToString()) ?? ''));
    return { switch: found.success ? found.data : undefined, etag: ETag };
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
};
