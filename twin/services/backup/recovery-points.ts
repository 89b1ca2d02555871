import type * as Backup from '@aws-sdk/client-backup';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { mustBeAllowed } from './access.js';
import {
  paged,
  invalidRequest,
  pointIn,
  tagsOf,
  vaultNamed,
  vaultsOf,
  type PointRecord,
  type RecoveryPoint,
  type VaultRecord,
} from './records.js';

export const recoveryPoints = {
  ListRecoveryPointsByBackupVault: (input, ctx) => {
    accept('backup.ListRecoveryPointsByBackupVault', input, [
      'BackupVaultName',
      'NextToken',
      'MaxResults',
      'ByResourceArn',
      'ByResourceType',
      'ByBackupPlanId',
      'ByCreatedBefore',
      'ByCreatedAfter',
    ]);
    const all = [...vaultNamed(ctx, input.BackupVaultName).points.values()].map(({ view }) => view).filter((view) => matches(view, input));
    const { items, next } = paged(all, input);
    return { RecoveryPoints: items.map((view) => ({ ...view })), NextToken: next };
  },

  ListRecoveryPointsByResource: (input, ctx) => {
    accept('backup.ListRecoveryPointsByResource', input, ['ResourceArn', 'NextToken', 'MaxResults']);
    const all = [...vaultsOf(ctx).values()]
      .flatMap(({ points }) => [...points.values()])
      .filter(({ view }) => view.ResourceArn === input.ResourceArn);
    const { items, next } = paged(all, input);
    return {
      RecoveryPoints: items.map(({ view }) => ({
        RecoveryPointArn: view.RecoveryPointArn,
        CreationDate: view.CreationDate,
        Status: view.Status,
        EncryptionKeyArn: view.EncryptionKeyArn,
        BackupSizeBytes: view.BackupSizeInBytes,
        BackupVaultName: view.BackupVaultName,
        ResourceName: view.ResourceName,
      })),
      NextToken: next,
    };
  },

  DescribeRecoveryPoint: (input, ctx) => ({
    ...pointIn(vaultNamed(ctx, input.BackupVaultName), input.RecoveryPointArn).view,
    StorageClass: 'WARM',
  }),

  GetRecoveryPointRestoreMetadata: (input, ctx) => {
    const vault = vaultNamed(ctx, input.BackupVaultName);
    const { view, restoreMetadata } = pointIn(vault, input.RecoveryPointArn);
    return {
      BackupVaultArn: vault.arn,
      RecoveryPointArn: view.RecoveryPointArn,
      RestoreMetadata: { ...restoreMetadata },
      ResourceType: view.ResourceType,
    };
  },

  DeleteRecoveryPoint: async (input, ctx) => {
    const vault = vaultNamed(ctx, input.BackupVaultName);
    const point = pointIn(vault, input.RecoveryPointArn);
    mustBeAllowed(ctx, vault, 'DeleteRecoveryPoint', { resourceArn: point.view.RecoveryPointArn });
    if (vault.lock) throw invalidRequest(`Recovery points of vault ${vault.name} cannot be deleted: it is locked.`);
    if (point.view.Status === 'CREATING') throw invalidRequest(`Recovery point ${input.RecoveryPointArn} is still being made.`);
    await removePoint(ctx, vault, point);
    return {};
  },
} satisfies Operations<typeof Backup>;

const matches = (view: RecoveryPoint, by: Backup.ListRecoveryPointsByBackupVaultInput): boolean =>
  (by.ByResourceArn === undefined || view.ResourceArn === by.ByResourceArn) &&
  (by.ByResourceType === undefined || view.ResourceType === by.ByResourceType) &&
  (by.ByBackupPlanId === undefined || view.CreatedBy?.BackupPlanId === by.ByBackupPlanId) &&
  (by.ByCreatedBefore === undefined || view.CreationDate < by.ByCreatedBefore) &&
  (by.ByCreatedAfter === undefined || view.CreationDate > by.ByCreatedAfter);

/** Puts a recovery point into a vault while it is being made, and removes it when its lifecycle says so, counted from its creation. */
export const addPoint = (ctx: Context, vault: VaultRecord, point: PointRecord, tags: Record<string, string>): void => {
  const { view } = point;
  const days = view.Lifecycle?.DeleteAfterDays;
  vault.points.set(view.RecoveryPointArn, point);
  tagsOf(ctx).set(view.RecoveryPointArn, tags);
  if (days === undefined) return;
  const due = view.CreationDate.getTime() + days * 86_400_000;
  view.CalculatedLifecycle = { DeleteAt: new Date(due) };
  ctx.after(Math.max(0, (due - ctx.now()) / 1000), `backup: ${view.RecoveryPointArn} expires`, async (then) => {
    if (vault.points.get(view.RecoveryPointArn)?.view.Status === 'COMPLETED') await removePoint(then, vault, point);
  });
};

const removePoint = async (ctx: Context, vault: VaultRecord, { view }: PointRecord): Promise<void> => {
  await ctx.onBehalf('backup').call('rds', 'DeleteDBSnapshot', { DBSnapshotIdentifier: view.RecoveryPointArn });
  vault.points.delete(view.RecoveryPointArn);
  tagsOf(ctx).delete(view.RecoveryPointArn);
};
