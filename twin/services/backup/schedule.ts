import type { BackupRule } from '@aws-sdk/client-backup';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { beginBackup } from './backup-jobs.js';
import { beginCopy } from './copy-jobs.js';
import { nextRun, parseCron } from './cron.js';
import { plansOf, type PlanRecord } from './records.js';
import { selectedResources } from './selected-resources.js';

/**
 * Runs a plan's rules by the world's clock for as long as this version of the plan stands.
 * The schedule is an operation of its own: the stack that made the plan is done, the schedule never is.
 */
export const keepSchedule = (ctx: Context, plan: PlanRecord): void => {
  const { version } = plan;
  ctx
    .onBehalf('backup')
    .operation(`backup.plan/${version}`)
    .after(0, `backup: plan ${plan.plan.BackupPlanName} stands`, (then) => waitForNext(then, plan, version));
};

const waitForNext = (ctx: Context, plan: PlanRecord, version: string): void => {
  const now = ctx.now();
  const due = (plan.plan.Rules ?? []).flatMap((rule) => {
    const at = nextRun(parseCron(rule.ScheduleExpression!), now);
    return at === undefined ? [] : [{ rule, at }];
  });
  if (due.length === 0) return;
  const next = Math.min(...due.map(({ at }) => at));
  const rules = due.filter(({ at }) => at === next).map(({ rule }) => rule);
  ctx.after((next - now) / 1000, `backup: plan ${plan.plan.BackupPlanName} runs`, async (then) => {
    if (plansOf(then).get(plan.id)?.version !== version) return;
    plan.lastRun = then.date();
    for (const rule of rules) await runRule(then, plan, rule);
    waitForNext(then, plan, version);
  });
};

const runRule = async (ctx: Context, plan: PlanRecord, rule: BackupRule): Promise<void> => {
  const createdBy = { BackupPlanId: plan.id, BackupPlanArn: plan.arn, BackupPlanVersion: plan.version, BackupRuleId: rule.RuleId };
  for (const selection of plan.selections.values()) {
    for (const resourceArn of await selectedResources(ctx, selection)) {
      beginBackupIfVault(ctx, {
        vault: rule.TargetBackupVaultName!,
        resourceArn,
        role: selection.IamRoleArn!,
        startWindowMinutes: rule.StartWindowMinutes!,
        lifecycle: rule.Lifecycle,
        tags: rule.RecoveryPointTags ?? {},
        createdBy,
        completed: (then, point) => {
          for (const { DestinationBackupVaultArn, Lifecycle } of rule.CopyActions ?? []) {
            beginCopy(then, point, {
              destinationArn: DestinationBackupVaultArn!,
              role: selection.IamRoleArn!,
              lifecycle: Lifecycle,
              createdBy,
            });
          }
        },
      });
    }
  }
};

/** A rule whose vault is gone makes no job at all: AWS says so in events, which the twin does not have. */
const beginBackupIfVault = (ctx: Context, order: Parameters<typeof beginBackup>[1]): void => {
  try {
    beginBackup(ctx, order);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
  }
};
