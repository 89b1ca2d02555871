import { DescribeRecoveryPointCommand, type RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { DBSnapshot } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { backupSnapshots } from '../kit/looks/backup-snapshots.js';
import { recoveryPoints } from '../kit/looks/recovery-points.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  /** Name of the lost database; absent: the site's own. */
  readonly database?: string | undefined;
}
interface Chosen {
  readonly recoveryPointArn: string;
  /** When the data was snapshotted in the lost region: what is newer is lost. */
  readonly snapshotAt: string;
  /** When the copy was complete here. */
  readonly completedAt: string;
}

/** Chooses the newest data among the completed recovery points of the lost database in this site's vault. Changes nothing. */
export const backupChooseRecoveryPoint = defineStep<Input, null, Chosen>({
  uses: 'backup.choose-recovery-point',
  summary: 'choose the newest completed recovery point of the lost database in the vault of the site recovered to',
  input: z.strictObject({ database: z.string().optional() }),
  produces: { recoveryPointArn: 'what to restore', snapshotAt: 'when its data was taken', completedAt: 'when the copy was complete' },
  effect: 'reversible',
  iam: ['backup:ListRecoveryPointsByBackupVault', 'backup:DescribeRecoveryPoint', 'rds:DescribeDBSnapshots'],
  expectedSeconds: 5,
  limitSeconds: 300,
  paceSeconds: 5,
  // The recovery point.
  skippable: false,
  undo: 'nothing-to-undo',
  start: async () => null,
  poll: async (_handle, input, ctx) => {
    const { database = ctx.targets.facts.database.identifier } = input;
    const { region } = ctx.to;
    const lost = arnOf(ctx, database);
    const [points = [], snapshotsHere = []] = await Promise.all([
      ctx.look(recoveryPoints(ctx.targets.site.vault), region, lost),
      ctx.look(backupSnapshots, region, database),
    ]);
    const snapshots = new Map(snapshotsHere.map((snapshot) => [snapshot.DBSnapshotArn, snapshot]));
    const [newest] = points
      .filter(({ Status }) => Status === 'COMPLETED')
      .flatMap((point) => chosen(point, snapshots.get(point.RecoveryPointArn)))
      .sort((a, b) => (a.snapshotAt < b.snapshotAt ? 1 : -1));
    if (newest) return done(newest);
    const seen = points.map(({ RecoveryPointArn, Status }) => `${RecoveryPointArn} is ${Status}`).join(', ');
    throw new RecoveryError(
      'rejected',
      'no-recovery-point',
      `vault ${ctx.targets.site.vault} in ${ctx.to.region} has no completed recovery point of ${lost} (${seen || 'none at all'}); ` +
        'wait for a copy job that is still running and retry, or copy one into this vault from another region or account, then retry',
    );
  },
  verify: async ({ recoveryPointArn, snapshotAt }, { database }, ctx) => {
    const vault = ctx.targets.site.vault;
    const lost = arnOf(ctx, database);
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

const arnOf = ({ targets: { facts } }: StepContext, database = facts.database.identifier): string =>
  `arn:aws:rds:${facts.region}:${facts.account}:db:${database}`;

/**
 * AWS Backup's CreationDate of a copy is the copy's. RDS keeps the original's: OriginalSnapshotCreateTime "doesn't change when the
 * snapshot is copied" (RDS API reference, DBSnapshot). A recovery point whose age nobody knows is not chosen.
 */
const chosen = (point: RecoveryPointByBackupVault, snapshot: DBSnapshot | undefined): Chosen[] => {
  const { RecoveryPointArn, CompletionDate } = point;
  const taken = snapshot?.OriginalSnapshotCreateTime;
  if (!RecoveryPointArn || !CompletionDate || !taken || snapshot.Status !== 'available') return [];
  return [{ recoveryPointArn: RecoveryPointArn, snapshotAt: taken.toISOString(), completedAt: CompletionDate.toISOString() }];
};
