import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { canonical, hashOf, sha256 } from '../model/canonical.js';
import { satisfied } from '../model/satisfied.js';
import type { Receipt } from '../model/receipt.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later } from '../model/time.js';

interface Input {
  readonly recoveryPointArn: string;
}
interface Output {
  readonly receipt: Receipt;
}

/** A receipt proves at least these, whatever a runbook asks beyond (design rule D17: tests, logging, security, alerting, patch). */
const required = [
  'web.answers-from-site',
  'sql.answers-through-application',
  'data.rows-are-readable',
  'logs.canary-arrives',
  'alerting.reaches-queue',
  'database.is-private',
  'database.is-encrypted-with-site-key',
  'database.engine-at-baseline',
  'database.no-pending-maintenance',
];
const validSeconds = 2 * 3600;

/** Writes down that this very site passed its gates; without it DNS does not move. */
export const receiptIssueReceipt = defineStep<Input, null, Output>({
  uses: 'receipt.issue-receipt',
  summary: 'issue the receipt: this very site passed its gates',
  input: z.strictObject({ recoveryPointArn: z.string() }),
  produces: { receipt: 'the receipt' },
  effect: 'reversible',
  iam: ['cloudformation:GetTemplate'],
  part: 'receipt',
  expectedSeconds: 5,
  limitSeconds: 300,
  paceSeconds: 5,
  // DNS moves only with a receipt.
  skippable: false,
  undo: 'nothing-to-undo',
  start: async (_input, ctx) => {
    refuseWithoutGates(ctx);
    return null;
  },
  poll: async (_handle, { recoveryPointArn }, ctx) => {
    refuseWithoutGates(ctx);
    return done({
      receipt: {
        run: ctx.run,
        site: ctx.to.name,
        region: ctx.to.region,
        stackDigest: await stackDigest(ctx),
        recoveryPointArn,
        suiteHash: hashOf(ctx.gates.map(({ claim }) => claim).sort()),
        gates: [...new Set(ctx.gates.filter((gate) => satisfied([gate])).map(({ check }) => check))].sort(),
        waived: [...ctx.waivers],
        issuedAt: ctx.at,
        expiresAt: later(ctx.at, validSeconds),
      },
    });
  },
  verify: async ({ receipt }, _input, ctx) => {
    const observed = await stackDigest(ctx);
    return [
      evidence(ctx, 'receipt.issue-receipt', 'the receipt is about the service stack as it is deployed', {
        holds: observed === receipt.stackDigest,
        expected: receipt.stackDigest,
        observed,
        source: `cloudformation:GetTemplate ${ctx.targets.site.serviceStack}`,
      }),
    ];
  },
});

/** A gate that does not hold has to be named by a waiver that counts now; nothing else stands in for an answer. */
const refuseWithoutGates = ({ gates, waivers }: StepContext): void => {
  const waived = new Set(waivers.flatMap(({ checks }) => checks));
  const missing = required.filter((check) => !waived.has(check) && !gates.some((gate) => gate.check === check));
  const broken = gates.filter((gate) => !satisfied([gate]) && !waived.has(gate.check)).map(({ check, holds }) => `${check} (${holds})`);
  if (missing.length || broken.length)
    throw new RecoveryError(
      'rejected',
      'gates-missing',
      `no receipt: ${[missing.length ? `nobody asked ${missing.join(', ')}` : '', broken.length ? `not held: ${broken.join(', ')}` : '']
        .filter(Boolean)
        .join('; ')}`,
    );
};

const stackDigest = async (ctx: StepContext): Promise<string> => {
  const { TemplateBody = '' } = await ctx.aws
    .cloudformation(ctx.to.region)
    .send(new GetTemplateCommand({ StackName: ctx.targets.site.serviceStack, TemplateStage: 'Original' }));
  return sha256(canonicalText(TemplateBody));
};

/** JSON templates by content, others by letter. */
const canonicalText = (template: string): string => {
  try {
    return canonical(JSON.parse(template));
  } catch {
    return template;
  }
};
