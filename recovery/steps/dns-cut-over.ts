/**
 * Moves traffic, by the switch that this production's DNS follows (`kit/traffic-switch.ts`).
 *
 * 1. No receipt for this very site, no cut-over; no fence, no cut-over.
 * 2. Moved only if it still is as it was when it was looked at: of two orchestrators one moves traffic, and the other finds that it has.
 * 3. Only data planes are asked: no record, no health check and no control plane is touched.
 */
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { epochObjectIam, readEpoch } from '../kit/epoch-object.js';
import { lookAtSwitchIam, moveSwitchIam, followedSwitch } from '../kit/followed-switch.js';
import { hashOf } from '../model/canonical.js';
import type { Receipt } from '../model/receipt.js';
import { RecoveryError } from '../model/recovery-error.js';

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
  iam: [...epochObjectIam, ...moveSwitchIam, ...lookAtSwitchIam],
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
    const traffic = followedSwitch(ctx);
    const there = await traffic.look();
    if (there.inEffect && there.move?.run === ctx.run) return null;
    const receipt = validReceipt(ctx);
    await refuseWithoutFence(ctx);
    const views = await ctx.network.resolve(ctx.targets.global.webName);
    const before = [...new Set(views.flatMap(({ addresses }) => addresses))];
    await traffic.move({ run: ctx.run, site: ctx.to.name, receipt: hashOf(receipt), at: ctx.at, before }, there);
    return null;
  },
  poll: async (_handle, _input, ctx) => {
    const traffic = followedSwitch(ctx);
    const { move, inEffect, observed } = await traffic.look();
    if (inEffect && move?.run === ctx.run) return done({ switchedAt: move.at, receipt: move.receipt, before: move.before });
    const stands = move && inEffect ? `that of run ${move.run}` : move ? `not in effect (${observed})` : 'gone';
    throw new RecoveryError('unexpected-status', 'switch-lost', `${traffic.source} is ${stands}`);
  },
  verify: async (_output, _input, ctx) => {
    const traffic = followedSwitch(ctx);
    const { move, inEffect, observed } = await traffic.look();
    return [
      evidence(ctx, 'dns.cut-over', 'the switch is thrown, for this site and by this run', {
        holds: inEffect && move?.run === ctx.run && move.site === ctx.to.name,
        expected: `${ctx.to.name} by ${ctx.run}`,
        observed,
        source: traffic.source,
      }),
    ];
  },
});

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
