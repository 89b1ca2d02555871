import {
  DescribeRecoveryPointCommand,
  ListRecoveryPointsByBackupVaultCommand,
  type RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';
import { DescribeDBSnapshotsCommand, type DBSnapshot } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, type StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Chosen {
  readonly recoveryPointArn: string;
  /** When the data was snapshotted in the lost region: what is newer is lost. */
  readonly snapshotAt: string;
  /** When the copy was complete here. */
  readonly completedAt: string;
}

/** Chooses the newest data among the completed recovery points of the lost database in this site's vault. Changes nothing. */
export const backupChooseRecoveryPoint = defineStep<object, null, Chosen>({
  uses: 'backup.choose-recovery-point',
  summary: 'choose the newest completed recovery point of the lost database in the vault of the site recovered to',
  input: z.strictObject({}),
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
  poll: async (_handle, _input, ctx) => {
    const points = await recoveryPoints(ctx);
    const snapshots = new Map((await snapshotsHere(ctx)).map((snapshot) => [snapshot.DBSnapshotArn, snapshot]));
    const [newest] = points
      .filter(({ Status }) => Status === 'COMPLETED')
      .flatMap((point) => chosen(point, snapshots.get(point.RecoveryPointArn)))
      .sort((a, b) => (a.snapshotAt < b.snapshotAt ? 1 : -1));
    if (newest) return done(newest);
    const seen = points.map(({ RecoveryPointArn, Status }) => `${RecoveryPointArn} is ${Status}`).join(', ');
    throw new RecoveryError(
      'rejected',
      'no-recovery-point',
      `vault ${ctx.targets.site.vault} in ${ctx.to.region} has no completed recovery point of ${lostDatabase(ctx)} (${seen || 'none at all'}); ` +
        'wait for a copy job that is still running and retry, or copy one into this vault from another region or account, then retry',
    );
  },
  verify: async ({ recoveryPointArn, snapshotAt }, _input, ctx) => {
    const vault = ctx.targets.site.vault;
    const point = await ctx.aws
      .backup(ctx.to.region)
      .send(new DescribeRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: recoveryPointArn }));
    return [
      evidence(ctx, 'backup.choose-recovery-point', `the data of ${snapshotAt} can be restored from vault ${vault}`, {
        holds: point.Status === 'COMPLETED' && point.ResourceArn === lostDatabase(ctx),
        expected: `COMPLETED, of ${lostDatabase(ctx)}`,
        observed: `${point.Status}, of ${point.ResourceArn}`,
        source: `backup:DescribeRecoveryPoint ${recoveryPointArn}`,
      }),
    ];
  },
});

const lostDatabase = ({ targets: { facts } }: StepContext): string =>
  `arn:aws:rds:${facts.region}:${facts.account}:db:${facts.database.identifier}`;

const recoveryPoints = (ctx: StepContext): Promise<RecoveryPointByBackupVault[]> =>
  everyPage(async (NextToken) => {
    const page = await ctx.aws.backup(ctx.to.region).send(
      new ListRecoveryPointsByBackupVaultCommand({
        BackupVaultName: ctx.targets.site.vault,
        ByResourceArn: lostDatabase(ctx),
        NextToken,
      }),
    );
    return { items: page.RecoveryPoints, next: page.NextToken };
  });

const snapshotsHere = (ctx: StepContext): Promise<DBSnapshot[]> =>
  everyPage(async (Marker) => {
    const page = await ctx.aws.rds(ctx.to.region).send(
      new DescribeDBSnapshotsCommand({
        DBInstanceIdentifier: ctx.targets.facts.database.identifier,
        SnapshotType: 'awsbackup',
        Marker,
      }),
    );
    return { items: page.DBSnapshots, next: page.Marker };
  });

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
