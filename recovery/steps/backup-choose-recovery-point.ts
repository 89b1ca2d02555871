import { DescribeRecoveryPointCommand } from '@aws-sdk/client-backup';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done } from '../kit/define-step.js';
import { databaseArn, newestCopy, newestCopyIam, type Copy } from '../kit/newest-copy.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  /** Name of the lost database; absent: the site's own. */
  readonly database?: string | undefined;
}
/** Chooses the newest data among the completed recovery points of the lost database in this site's vault. Changes nothing. */
export const backupChooseRecoveryPoint = defineStep<Input, null, Copy>({
  uses: 'backup.choose-recovery-point',
  summary: 'choose the newest completed recovery point of the lost database in the vault of the site recovered to',
  input: z.strictObject({ database: z.string().optional() }),
  produces: { recoveryPointArn: 'what to restore', snapshotAt: 'when its data was taken', completedAt: 'when the copy was complete' },
  effect: 'reversible',
  iam: [...newestCopyIam, 'backup:DescribeRecoveryPoint'],
  expectedSeconds: 5,
  limitSeconds: 300,
  paceSeconds: 5,
  // The recovery point.
  skippable: false,
  undo: 'nothing-to-undo',
  start: async () => null,
  poll: async (_handle, input, ctx) => {
    const { database = ctx.targets.facts.database.identifier } = input;
    const { newest, seen } = await newestCopy(ctx, database);
    if (newest) return done(newest);
    throw new RecoveryError(
      'rejected',
      'no-recovery-point',
      `vault ${ctx.targets.site.vault} in ${ctx.to.region} has no completed recovery point of ${databaseArn(ctx, database)} (${seen}); ` +
        'wait for a copy job that is still running and retry, or copy one into this vault from another region or account, then retry',
    );
  },
  verify: async ({ recoveryPointArn, snapshotAt }, input, ctx) => {
    const vault = ctx.targets.site.vault;
    const lost = databaseArn(ctx, input.database ?? ctx.targets.facts.database.identifier);
    const point = await ctx.aws
      .backup(ctx.to.region)
      .send(new DescribeRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: recoveryPointArn }));
    return [
      evidence(ctx, 'backup.choose-recovery-point', `the data of ${snapshotAt} can be restored from vault ${vault}`, {
        holds: point.Status === 'COMPLETED' && point.ResourceArn === lost,
        expected: `COMPLETED, of ${lost}`,
        observed: `${point.Status}, of ${point.ResourceArn}`,
        source: `backup:DescribeRecoveryPoint ${recoveryPointArn}`,
      }),
    ];
  },
});
