import type {
  BackupJob,
  BackupPlan,
  BackupSelection,
  CopyJob,
  Lifecycle,
  RecoveryPointByBackupVault,
  RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { need } from '../members.js';
import { page } from '../page.js';

export type RecoveryPoint = RecoveryPointByBackupVault & {
  readonly RecoveryPointArn: string;
  readonly ResourceArn: string;
  readonly CreationDate: Date;
  readonly ResourceType: 'RDS';
};
export interface PointRecord {
  readonly view: RecoveryPoint;
  /** What the resource was like when it was backed up, as GetRecoveryPointRestoreMetadata tells. */
  readonly restoreMetadata: Readonly<Record<string, string>>;
}
export interface VaultLock {
  readonly MinRetentionDays?: number;
  readonly MaxRetentionDays?: number;
  /** From when on nobody can change or remove the lock; absent in governance mode. */
  readonly LockDate?: Date;
}
export interface VaultRecord {
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string;
  readonly created: Date;
  readonly creatorRequestId: string | undefined;
  policy: string | undefined;
  lock: VaultLock | undefined;
  readonly points: Map<string, PointRecord>;
}
export interface PlanRecord {
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  version: string;
  plan: BackupPlan & { BackupPlanName: string };
  readonly selections: Map<string, BackupSelection & { readonly created: Date }>;
  lastRun: Date | undefined;
}
export interface RestoreJobRecord {
  readonly view: RestoreJobsListMember & { RestoreJobId: string };
  readonly metadata: Readonly<Record<string, string>>;
}

const vaultState = regional('backup.vaults', () => new Map<string, VaultRecord>());
const planState = regional('backup.plans', () => new Map<string, PlanRecord>());
const backupJobState = regional('backup.backup-jobs', () => new Map<string, BackupJob>());
const copyJobState = regional('backup.copy-jobs', () => new Map<string, CopyJob>());
const restoreJobState = regional('backup.restore-jobs', () => new Map<string, RestoreJobRecord>());
const tagState = regional('backup.tags', () => new Map<string, Record<string, string>>());
const tokenState = regional('backup.tokens', () => new Map<string, string>());

export const vaultsOf = (ctx: Context) => ctx.state(vaultState);
export const plansOf = (ctx: Context) => ctx.state(planState);
export const backupJobsOf = (ctx: Context) => ctx.state(backupJobState);
export const copyJobsOf = (ctx: Context) => ctx.state(copyJobState);
export const restoreJobsOf = (ctx: Context) => ctx.state(restoreJobState);
/** Tags by ARN. */
export const tagsOf = (ctx: Context) => ctx.state(tagState);
/** Job ids by operation and idempotency token. */
export const tokensOf = (ctx: Context) => ctx.state(tokenState);

export const backupArn = (ctx: Context, kind: 'backup-vault' | 'backup-plan', id: string): string =>
  `arn:aws:backup:${ctx.region}:${ctx.account}:${kind}:${id}`;

export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);
export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message);
/** @throws AwsError MissingParameterValueException naming the first that is not there. */
export const required = <Input extends object>(input: Input, ...names: (keyof Input & string)[]): void => {
  for (const name of names) need(input[name], name, 'MissingParameterValueException');
};

/** One page as AWS Backup gives it: up to 1,000 records. @throws AwsError InvalidParameterValueException */
export const paged = <T>(items: readonly T[], { NextToken, MaxResults = 1000 }: { NextToken?: string; MaxResults?: number }) => {
  if (MaxResults < 1 || MaxResults > 1000) throw invalidValue(`MaxResults must be between 1 and 1000: ${MaxResults}`);
  return page(items, { token: NextToken, most: MaxResults }, badToken);
};

const badToken = (): AwsError => invalidValue('The NextToken is not valid.');

/** @throws AwsError ResourceNotFoundException */
export const vaultNamed = (ctx: Context, name: string | undefined): VaultRecord => {
  const found = vaultsOf(ctx).get(name ?? '');
  if (!found) throw notFound(`Backup vault ${name} does not exist.`);
  return found;
};
/** @throws AwsError ResourceNotFoundException */
export const pointIn = (vault: VaultRecord, arn: string | undefined): PointRecord => {
  const found = vault.points.get(arn ?? '');
  if (!found) throw notFound(`Recovery point ${arn} does not exist in vault ${vault.name}.`);
  return found;
};
/** @throws AwsError ResourceNotFoundException */
export const planWithId = (ctx: Context, id: string | undefined): PlanRecord => {
  const found = plansOf(ctx).get(id ?? '');
  if (!found) throw notFound(`Backup plan ${id} does not exist.`);
  return found;
};

/** A job may wait for an hour at least, and work for another. @throws AwsError InvalidParameterValueException */
export const checkWindows = (startMinutes = 480, completeMinutes = 10_080): void => {
  if (startMinutes < 60) throw invalidValue(`StartWindowMinutes must be at least 60: ${startMinutes}`);
  if (completeMinutes < startMinutes + 60)
    throw invalidValue(
      `The completion window must be at least 60 minutes longer than the start window: ${completeMinutes}, ${startMinutes}`,
    );
};

/** Whether a vault's lock lets a recovery point of this lifecycle in; otherwise, why not. */
export const refusedByLock = ({ lock, name }: VaultRecord, lifecycle: Lifecycle | undefined): string | undefined => {
  const days = lifecycle?.DeleteAfterDays ?? Infinity;
  if (days < (lock?.MinRetentionDays ?? 0))
    return `Retention of ${days} days is shorter than vault ${name} allows: ${lock?.MinRetentionDays} days.`;
  if (lock?.MaxRetentionDays !== undefined && days > lock.MaxRetentionDays) {
    return `Retention of ${days} days is longer than vault ${name} allows: ${lock.MaxRetentionDays} days.`;
  }
  return undefined;
};

/** @throws AwsError for lifecycles RDS recovery points cannot have. */
export const checkLifecycle = (lifecycle: Lifecycle | undefined): void => {
  if (lifecycle?.MoveToColdStorageAfterDays !== undefined && lifecycle.MoveToColdStorageAfterDays >= 0) {
    throw new AwsError('NotModelled', 'NotModelled: backup lifecycle with MoveToColdStorageAfterDays: RDS has no cold storage', {
      status: 501,
    });
  }
  if (lifecycle?.DeleteAfterDays !== undefined && lifecycle.DeleteAfterDays < 1) throw invalidValue('DeleteAfterDays must be at least 1.');
};
