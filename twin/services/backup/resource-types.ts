import type {
  CreateBackupPlanCommandOutput,
  CreateBackupSelectionCommandOutput,
  CreateBackupVaultCommandOutput,
} from '@aws-sdk/client-backup';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';
import { existingVault, vaultAttributes } from './existing-vault.js';

const readVault = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::Backup::BackupVault', properties, [
    'BackupVaultName',
    'BackupVaultTags',
    'EncryptionKeyArn',
    'AccessPolicy',
    'LockConfiguration',
  ]);

const setPolicyAndLock = async (ctx: Context, name: string, read: TemplateProperties): Promise<void> => {
  const Policy = read.json('AccessPolicy');
  if (Policy !== undefined) await ctx.call('backup', 'PutBackupVaultAccessPolicy', { BackupVaultName: name, Policy });
  const lock = read.raw('LockConfiguration') as ResourceProperties | undefined;
  if (lock === undefined) return;
  const given = readProperties('LockConfiguration', lock, ['ChangeableForDays', 'MinRetentionDays', 'MaxRetentionDays']);
  await ctx.call('backup', 'PutBackupVaultLockConfiguration', {
    BackupVaultName: name,
    ChangeableForDays: given.number('ChangeableForDays'),
    MinRetentionDays: given.number('MinRetentionDays'),
    MaxRetentionDays: given.number('MaxRetentionDays'),
  });
};

const backupVault: ResourceType = {
  type: 'AWS::Backup::BackupVault',
  replacedOn: ['BackupVaultName', 'EncryptionKeyArn'],
  holdsData: true,
  create: async (properties, ctx, names) => {
    const read = readVault(properties);
    const made = await ctx.call<CreateBackupVaultCommandOutput>('backup', 'CreateBackupVault', {
      BackupVaultName: read.text('BackupVaultName') ?? names.generated(50),
      BackupVaultTags: read.raw('BackupVaultTags'),
      EncryptionKeyArn: read.text('EncryptionKeyArn'),
    });
    const name = made.BackupVaultName!;
    await setPolicyAndLock(ctx, name, read);
    return { physicalId: name, attributes: vaultAttributes(name, made.BackupVaultArn) };
  },
  update: async (name, properties, previous, ctx) => {
    const read = readVault(properties);
    const before = readVault(previous);
    if (before.json('AccessPolicy') !== undefined && read.json('AccessPolicy') === undefined) {
      await ctx.call('backup', 'DeleteBackupVaultAccessPolicy', { BackupVaultName: name });
    }
    if (before.raw('LockConfiguration') !== undefined && read.raw('LockConfiguration') === undefined) {
      await ctx.call('backup', 'DeleteBackupVaultLockConfiguration', { BackupVaultName: name });
    }
    await setPolicyAndLock(ctx, name, read);
    const { BackupVaultArn } = await ctx.call<{ BackupVaultArn: string }>('backup', 'DescribeBackupVault', { BackupVaultName: name });
    await retag(ctx, BackupVaultArn, read.raw('BackupVaultTags'), before.raw('BackupVaultTags'));
    return { physicalId: name, attributes: vaultAttributes(name, BackupVaultArn) };
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('backup', 'DeleteBackupVault', { BackupVaultName: name });
  },
  existing: existingVault,
};

const readPlan = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::Backup::BackupPlan', properties, ['BackupPlan', 'BackupPlanTags']);

/** The template's plan as the API names and types it. */
const planOf = (read: TemplateProperties): object => {
  const plan = read.raw('BackupPlan') as ResourceProperties;
  acceptProperties('AWS::Backup::BackupPlan', plan, ['BackupPlanName', 'BackupPlanRule']);
  return {
    BackupPlanName: plan['BackupPlanName'],
    Rules: (plan['BackupPlanRule'] as ResourceProperties[]).map((rule) => {
      const { TargetBackupVault, StartWindowMinutes, CompletionWindowMinutes, Lifecycle, CopyActions, ...rest } = rule;
      return {
        ...rest,
        TargetBackupVaultName: TargetBackupVault,
        StartWindowMinutes: asNumber(StartWindowMinutes),
        CompletionWindowMinutes: asNumber(CompletionWindowMinutes),
        Lifecycle: lifecycleOf(Lifecycle),
        CopyActions: (CopyActions as ResourceProperties[] | undefined)?.map((action) => ({
          ...action,
          Lifecycle: lifecycleOf(action['Lifecycle']),
        })),
      };
    }),
  };
};
const asNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
const lifecycleOf = (value: unknown): object | undefined =>
  value === undefined
    ? undefined
    : Object.fromEntries(Object.entries(value as ResourceProperties).map(([name, days]) => [name, Number(days)]));

const provisionedPlan = (plan: { BackupPlanId?: string; BackupPlanArn?: string; VersionId?: string }): ProvisionedResource => ({
  physicalId: plan.BackupPlanId!,
  attributes: { BackupPlanId: plan.BackupPlanId, BackupPlanArn: plan.BackupPlanArn, VersionId: plan.VersionId },
});

const backupPlan: ResourceType = {
  type: 'AWS::Backup::BackupPlan',
  replacedOn: [],
  create: async (properties, ctx) => {
    const read = readPlan(properties);
    const input = { BackupPlan: planOf(read), BackupPlanTags: read.raw('BackupPlanTags') };
    return provisionedPlan(await ctx.call<CreateBackupPlanCommandOutput>('backup', 'CreateBackupPlan', input));
  },
  update: async (id, properties, previous, ctx) => {
    const read = readPlan(properties);
    const updated = await ctx.call<CreateBackupPlanCommandOutput>('backup', 'UpdateBackupPlan', {
      BackupPlanId: id,
      BackupPlan: planOf(read),
    });
    await retag(ctx, updated.BackupPlanArn!, read.raw('BackupPlanTags'), readPlan(previous).raw('BackupPlanTags'));
    return provisionedPlan(updated);
  },
  delete: async (id, _properties, ctx) => {
    await ctx.call('backup', 'DeleteBackupPlan', { BackupPlanId: id });
  },
};

const backupSelection: ResourceType = {
  type: 'AWS::Backup::BackupSelection',
  replacedOn: ['BackupPlanId', 'BackupSelection'],
  create: async (properties, ctx) => {
    acceptProperties('AWS::Backup::BackupSelection', properties, ['BackupPlanId', 'BackupSelection']);
    const made = await ctx.call<CreateBackupSelectionCommandOutput>('backup', 'CreateBackupSelection', properties);
    const id = `${made.SelectionId}_${made.BackupPlanId}`;
    return { physicalId: id, attributes: { Id: id, SelectionId: made.SelectionId, BackupPlanId: made.BackupPlanId } };
  },
  delete: async (id, _properties, ctx) => {
    const [SelectionId, BackupPlanId] = id.split('_');
    await ctx.call('backup', 'DeleteBackupSelection', { SelectionId, BackupPlanId });
  },
};

const retag = async (ctx: Context, arn: string, now: unknown, before: unknown): Promise<void> => {
  const tags = (now ?? {}) as Record<string, string>;
  const TagKeyList = Object.keys(before ?? {}).filter((key) => !(key in tags));
  await ctx.call('backup', 'UntagResource', { ResourceArn: arn, TagKeyList });
  await ctx.call('backup', 'TagResource', { ResourceArn: arn, Tags: tags });
};

export const resourceTypes: readonly ResourceType[] = [backupVault, backupPlan, backupSelection];
