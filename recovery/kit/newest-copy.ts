import type { RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { DBSnapshot } from '@aws-sdk/client-rds';
import type { StepContext } from './define-step.js';
import { backupSnapshots } from './looks/backup-snapshots.js';
import { recoveryPoints } from './looks/recovery-points.js';

/** Data that can be restored at the site recovered to. */
export interface Copy {
  readonly recoveryPointArn: string;
  /** When the data was snapshotted in the lost region: what is newer is lost. */
  readonly snapshotAt: string;
  /** When the copy was complete here. */
  readonly completedAt: string;
}

export const newestCopyIam = ['backup:ListRecoveryPointsByBackupVault', 'rds:DescribeDBSnapshots'] as const;

/** The newest data of a database that is complete in the vault of the site recovered to, and whatever else of it is there, in words. */
export const newestCopy = async (ctx: StepContext, database: string): Promise<{ newest: Copy | undefined; seen: string }> => {
  const { region } = ctx.to;
  const [points = [], snapshotsHere = []] = await Promise.all([
    ctx.look(recoveryPoints(ctx.targets.site.vault), region, databaseArn(ctx, database)),
    ctx.look(backupSnapshots, region, database),
  ]);
  const snapshots = new Map(snapshotsHere.map((snapshot) => [snapshot.DBSnapshotArn, snapshot]));
  const [newest] = points
    .filter(({ Status }) => Status === 'COMPLETED')
    .flatMap((point) => copyOf(point, snapshots.get(point.RecoveryPointArn)))
    .sort((a, b) => (a.snapshotAt < b.snapshotAt ? 1 : -1));
  return { newest, seen: points.map(({ RecoveryPointArn, Status }) => `${RecoveryPointArn} is ${Status}`).join(', ') || 'none at all' };
};

/** A database of the lost site, as AWS Backup names it. */
export const databaseArn = ({ targets: { facts } }: StepContext, database: string): string =>
  `arn:aws:rds:${facts.region}:${facts.account}:db:${database}`;

/**
 * AWS Backup's CreationDate of a copy is the copy's. RDS keeps the original's: OriginalSnapshotCreateTime "doesn't change when the
 * snapshot is copied" (RDS API reference, DBSnapshot). A recovery point whose age nobody knows is not chosen.
 */
const copyOf = (point: RecoveryPointByBackupVault, snapshot: DBSnapshot | undefined): Copy[] => {
  const { RecoveryPointArn, CompletionDate } = point;
  const taken = snapshot?.OriginalSnapshotCreateTime;
  if (!RecoveryPointArn || !CompletionDate || !taken || snapshot.Status !== 'available') return [];
  return [{ recoveryPointArn: RecoveryPointArn, snapshotAt: taken.toISOString(), completedAt: CompletionDate.toISOString() }];
};
