import type * as Backup from '@aws-sdk/client-backup';
import type { DescribeKeyCommandOutput } from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { metricsOfAws } from '../cloudwatch/metrics-of-aws.js';
import { publishedCounts } from './published-counts.js';
import type { Operations } from '../service.js';
import { checkResourcePolicy } from '../resource-policy.js';
import { mustBeAllowed } from './access.js';
import { required, backupArn, paged, invalidRequest, invalidValue, tagsOf, vaultNamed, vaultsOf, type VaultRecord } from './records.js';

export const vaults = {
  CreateBackupVault: async (input, ctx) => {
    accept('backup.CreateBackupVault', input, ['BackupVaultName', 'BackupVaultTags', 'EncryptionKeyArn', 'CreatorRequestId']);
    const name = input.BackupVaultName ?? '';
    if (!/^[a-zA-Z0-9_-]{2,50}$/.test(name)) throw invalidValue('Backup vault names are 2 to 50 letters, digits, hyphens and underscores.');
    const existing = vaultsOf(ctx).get(name);
    if (existing && (input.CreatorRequestId === undefined || existing.creatorRequestId !== input.CreatorRequestId)) {
      throw new AwsError('AlreadyExistsException', `Backup vault with the same name already exists: ${name}`);
    }
    const vault = existing ?? (await newVault(ctx, name, input));
    return { BackupVaultName: name, BackupVaultArn: vault.arn, CreationDate: vault.created };
  },

  DescribeBackupVault: (input, ctx) => {
    const vault = vaultsOf(ctx).get(input.BackupVaultName ?? '');
    // AWS does not tell a vault that is missing from one that may not be seen.
    if (!vault) throw new AwsError('AccessDeniedException', 'Insufficient privileges to perform this action.', { status: 403 });
    return describe(vault);
  },

  ListBackupVaults: (input, ctx) => {
    const { items, next } = paged([...vaultsOf(ctx).values()], input);
    return { BackupVaultList: items.map(describe), NextToken: next };
  },

  DeleteBackupVault: (input, ctx) => {
    const vault = vaultNamed(ctx, input.BackupVaultName);
    mustBeAllowed(ctx, vault, 'DeleteBackupVault');
    if (vault.points.size > 0)
      throw invalidRequest(`Backup vault cannot be deleted because it contains recovery points: ${vault.points.size}`);
    vaultsOf(ctx).delete(vault.name);
    tagsOf(ctx).delete(vault.arn);
    return {};
  },

  PutBackupVaultAccessPolicy: (input, ctx) => {
    const vault = vaultNamed(ctx, input.BackupVaultName);
    mustBeAllowed(ctx, vault, 'PutBackupVaultAccessPolicy');
    required(input, 'Policy');
    checkResourcePolicy(input.Policy!, 'backup', (why) => invalidValue(`The policy of vault ${vault.name} is malformed: ${why}`));
    vault.policy = input.Policy;
    return {};
  },
  GetBackupVaultAccessPolicy: (input, ctx) => {
    const { name, arn, policy } = vaultNamed(ctx, input.BackupVaultName);
    if (policy === undefined) throw new AwsError('ResourceNotFoundException', `Backup vault ${name} has no access policy.`);
    return { BackupVaultName: name, BackupVaultArn: arn, Policy: policy };
  },
  DeleteBackupVaultAccessPolicy: (input, ctx) => {
    const vault = vaultNamed(ctx, input.BackupVaultName);
    mustBeAllowed(ctx, vault, 'DeleteBackupVaultAccessPolicy');
    vault.policy = undefined;
    return {};
  },

  PutBackupVaultLockConfiguration: (input, ctx) => {
    const vault = changeableLock(ctx, vaultNamed(ctx, input.BackupVaultName));
    const { ChangeableForDays: days, MinRetentionDays, MaxRetentionDays } = input;
    checkDays('ChangeableForDays', days, 3);
    checkDays('MinRetentionDays', MinRetentionDays, 1);
    checkDays('MaxRetentionDays', MaxRetentionDays, 1);
    if ((MinRetentionDays ?? 1) > (MaxRetentionDays ?? Infinity)) throw invalidValue('MinRetentionDays is greater than MaxRetentionDays.');
    const LockDate = days === undefined ? undefined : new Date(ctx.now() + days * 86_400_000);
    vault.lock = { MinRetentionDays, MaxRetentionDays, LockDate };
    return {};
  },
  DeleteBackupVaultLockConfiguration: (input, ctx) => {
    changeableLock(ctx, vaultNamed(ctx, input.BackupVaultName)).lock = undefined;
    return {};
  },
} satisfies Operations<typeof Backup>;

const newVault = async (ctx: Context, name: string, input: Backup.CreateBackupVaultInput): Promise<VaultRecord> => {
  const vault: VaultRecord = {
    name,
    arn: backupArn(ctx, 'backup-vault', name),
    keyArn: await keyArn(ctx, input.EncryptionKeyArn),
    created: ctx.date(),
    creatorRequestId: input.CreatorRequestId,
    policy: undefined,
    lock: undefined,
    points: new Map(),
  };
  vaultsOf(ctx).set(name, vault);
  for (const [metric, count] of publishedCounts) ctx.state(metricsOfAws).set(metric, count);
  tagsOf(ctx).set(vault.arn, { ...input.BackupVaultTags });
  return vault;
};

const keyArn = async (ctx: Context, id = 'alias/aws/backup'): Promise<string> => {
  const { KeyMetadata: key } = await ctx
    .onBehalf('backup')
    .call<DescribeKeyCommandOutput>('kms', 'DescribeKey', { KeyId: id })
    .catch((error: unknown) => {
      if (error instanceof AwsError) throw invalidValue(`The encryption key ${id} cannot be used: ${error.message}`);
      throw error;
    });
  return key!.Arn!;
};

/** @throws AwsError InvalidParameterValueException: a hundred years are the most. */
const checkDays = (name: string, days: number | undefined, least: number): void => {
  if (days !== undefined && (days < least || days > 36_500)) throw invalidValue(`${name} must be between ${least} and 36500: ${days}`);
};

/** Past its LockDate a lock is immutable: not the account's root, not AWS can remove it. */
const changeableLock = (ctx: Context, vault: VaultRecord): VaultRecord => {
  if (vault.lock?.LockDate && vault.lock.LockDate.getTime() <= ctx.now())
    throw invalidRequest(`The lock of vault ${vault.name} can no longer be changed.`);
  return vault;
};

const describe = (vault: VaultRecord) => ({
  BackupVaultName: vault.name,
  BackupVaultArn: vault.arn,
  VaultType: 'BACKUP_VAULT' as const,
  VaultState: 'AVAILABLE' as const,
  EncryptionKeyArn: vault.keyArn,
  CreationDate: vault.created,
  CreatorRequestId: vault.creatorRequestId,
  NumberOfRecoveryPoints: vault.points.size,
  Locked: vault.lock !== undefined,
  MinRetentionDays: vault.lock?.MinRetentionDays,
  MaxRetentionDays: vault.lock?.MaxRetentionDays,
  LockDate: vault.lock?.LockDate,
});
