import type * as RDS from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import { becomeAvailable, whenAvailable } from './availability.js';
import { invalidCombination, stillThere, type Instance, type InstanceRecord } from './records.js';

/** What PostgreSQL can send to CloudWatch Logs. */
export const exportableLogTypes = ['postgresql', 'upgrade', 'iam-db-auth-error'];

/** @throws AwsError InvalidParameterCombination */
export const checkLogExports = ({ Engine, EngineVersion }: Instance, change: RDS.CloudwatchLogsExportConfiguration | undefined): void => {
  const unknown = [...(change?.EnableLogTypes ?? []), ...(change?.DisableLogTypes ?? [])].filter(
    (type) => !exportableLogTypes.includes(type),
  );
  if (unknown.length > 0)
    throw invalidCombination(
      `You cannot use the log types '${unknown.join(', ')}' with engine version ${Engine} ${EngineVersion}. For supported log types, see the documentation.`,
    );
};

/** Never waits for the window (RDS API reference, ModifyDBInstance), and is `configuring-log-exports` while it is done (user guide, "Viewing DB instance status"). */
export const changeLogExports = (
  ctx: Context,
  { view }: InstanceRecord,
  change: RDS.CloudwatchLogsExportConfiguration | undefined,
): void => {
  const enabled = view.EnabledCloudwatchLogsExports ?? [];
  const LogTypesToEnable = (change?.EnableLogTypes ?? []).filter((type) => !enabled.includes(type));
  const LogTypesToDisable = (change?.DisableLogTypes ?? []).filter((type) => enabled.includes(type));
  if (LogTypesToEnable.length + LogTypesToDisable.length === 0) return;
  view.PendingModifiedValues = { ...view.PendingModifiedValues, PendingCloudwatchLogsExports: { LogTypesToEnable, LogTypesToDisable } };
  const what = `rds: log exports of ${view.DBInstanceIdentifier}`;
  ctx.after(ctx.takes('rds.notice-modification'), `${what} begin to change`, (then) => {
    const record = stillThere(then, view.DbiResourceId);
    if (!record) return;
    whenAvailable(then, record, (now) => {
      record.view.DBInstanceStatus = 'configuring-log-exports';
      now.after(now.takes('rds.modify-instance'), `${what} have changed`, (done) => finish(done, view.DbiResourceId));
    });
  });
};

const finish = (ctx: Context, id: string): void => {
  const record = stillThere(ctx, id);
  if (!record) return;
  const { PendingCloudwatchLogsExports: change, ...others } = record.view.PendingModifiedValues ?? {};
  const kept = (record.view.EnabledCloudwatchLogsExports ?? []).filter((type) => !change?.LogTypesToDisable?.includes(type));
  record.view.EnabledCloudwatchLogsExports = [...new Set([...kept, ...(change?.LogTypesToEnable ?? [])])];
  record.view.PendingModifiedValues = others;
  becomeAvailable(ctx, record);
};
