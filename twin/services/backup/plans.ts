import type * as Backup from '@aws-sdk/client-backup';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { parseCron } from './cron.js';
import {
  backupArn,
  paged,
  checkLifecycle,
  checkWindows,
  invalidRequest,
  invalidValue,
  planWithId,
  plansOf,
  tagsOf,
  vaultNamed,
  type PlanRecord,
} from './records.js';
import { keepSchedule } from './schedule.js';

export const plans = {
  CreateBackupPlan: (input, ctx) => {
    accept('backup.CreateBackupPlan', input, ['BackupPlan', 'BackupPlanTags', 'CreatorRequestId']);
    const plan = checked(ctx, input.BackupPlan);
    const same = [...plansOf(ctx).values()].find((other) => other.plan.BackupPlanName === plan.BackupPlanName);
    if (same)
      throw new AwsError('AlreadyExistsException', `Backup plan with the same plan document already exists: ${plan.BackupPlanName}`);
    const id = freshUuid(ctx, 'backup.plan');
    const record: PlanRecord = {
      id,
      arn: backupArn(ctx, 'backup-plan', id),
      created: ctx.date(),
      version: freshUuid(ctx, 'backup.plan-version'),
      plan,
      selections: new Map(),
      lastRun: undefined,
    };
    plansOf(ctx).set(id, record);
    tagsOf(ctx).set(record.arn, { ...input.BackupPlanTags });
    keepSchedule(ctx, record);
    return { BackupPlanId: id, BackupPlanArn: record.arn, CreationDate: record.created, VersionId: record.version };
  },

  GetBackupPlan: (input, ctx) => {
    const record = planWithId(ctx, input.BackupPlanId);
    return { BackupPlan: structuredClone(record.plan), ...summary(record) };
  },

  UpdateBackupPlan: (input, ctx) => {
    const record = planWithId(ctx, input.BackupPlanId);
    record.plan = checked(ctx, input.BackupPlan);
    record.version = freshUuid(ctx, 'backup.plan-version');
    keepSchedule(ctx, record);
    return { BackupPlanId: record.id, BackupPlanArn: record.arn, CreationDate: record.created, VersionId: record.version };
  },

  DeleteBackupPlan: (input, ctx) => {
    const record = planWithId(ctx, input.BackupPlanId);
    if (record.selections.size > 0) throw invalidRequest('Related backup plan selections must be deleted prior to backup plan deletion.');
    plansOf(ctx).delete(record.id);
    tagsOf(ctx).delete(record.arn);
    return { BackupPlanId: record.id, BackupPlanArn: record.arn, DeletionDate: ctx.date(), VersionId: record.version };
  },

  ListBackupPlans: (input, ctx) => {
    accept('backup.ListBackupPlans', input, ['NextToken', 'MaxResults']);
    const { items, next } = paged([...plansOf(ctx).values()], input);
    return {
      BackupPlansList: items.map((record) => ({ ...summary(record), BackupPlanName: record.plan.BackupPlanName })),
      NextToken: next,
    };
  },
} satisfies Operations<typeof Backup>;

const summary = (record: PlanRecord) => ({
  BackupPlanId: record.id,
  BackupPlanArn: record.arn,
  VersionId: record.version,
  CreationDate: record.created,
  LastExecutionDate: record.lastRun,
});

const checked = (ctx: Context, plan: Backup.BackupPlanInput | undefined): PlanRecord['plan'] => {
  if (!plan?.BackupPlanName) throw invalidValue('BackupPlanName is required.');
  accept('backup plan', plan, ['BackupPlanName', 'Rules']);
  if (!plan.Rules || plan.Rules.length === 0) throw invalidValue('A backup plan has one rule at least.');
  return { BackupPlanName: plan.BackupPlanName, Rules: plan.Rules.map((rule) => checkedRule(ctx, rule)) };
};

const checkedRule = (ctx: Context, rule: Backup.BackupRuleInput): Backup.BackupRule => {
  accept('backup rule', rule, [
    'RuleName',
    'TargetBackupVaultName',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartWindowMinutes',
    'CompletionWindowMinutes',
    'Lifecycle',
    'RecoveryPointTags',
    'CopyActions',
  ]);
  const zone = rule.ScheduleExpressionTimezone ?? 'Etc/UTC';
  if (!['Etc/UTC', 'UTC'].includes(zone))
    throw new AwsError('NotModelled', `NotModelled: backup schedule in ${zone}: the twin has UTC only`, { status: 501 });
  checkWindows(rule.StartWindowMinutes, rule.CompletionWindowMinutes);
  vaultNamed(ctx, rule.TargetBackupVaultName);
  checkLifecycle(rule.Lifecycle);
  for (const action of rule.CopyActions ?? []) checkLifecycle(action.Lifecycle);
  // Without a schedule AWS takes one backup a day, at 05:00 UTC (BackupRule, "ScheduleExpression").
  const schedule = rule.ScheduleExpression ?? 'cron(0 5 ? * * *)';
  parseCron(schedule);
  return {
    ...structuredClone(rule),
    RuleName: rule.RuleName,
    TargetBackupVaultName: rule.TargetBackupVaultName,
    ScheduleExpression: schedule,
    ScheduleExpressionTimezone: zone,
    StartWindowMinutes: rule.StartWindowMinutes ?? 480,
    CompletionWindowMinutes: rule.CompletionWindowMinutes ?? 10_080,
    RuleId: freshUuid(ctx, 'backup.rule'),
  };
};
