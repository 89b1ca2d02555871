import type { MetricOfAws } from '../cloudwatch/metrics-of-aws.js';
import { vaultsOf } from './records.js';

/** Recovery points completed in a vault in the period; nothing is published where there are none (developer guide, "AWS Backup metrics": nonzero values). */
const recoveryPointsCompleted: MetricOfAws = (ctx, { BackupVaultName = '' }, periodSeconds) => {
  const since = ctx.now() - periodSeconds * 1000;
  const completed = [...(vaultsOf(ctx).get(BackupVaultName)?.points.values() ?? [])].filter(
    ({ view: { CompletionDate: at } }) => at !== undefined && at.getTime() >= since && at.getTime() < ctx.now(),
  );
  return completed.length === 0 ? undefined : completed.length;
};

/** What AWS Backup publishes, as far as anybody looks at it here. */
export const publishedCounts: ReadonlyMap<string, MetricOfAws> = new Map([
  ['AWS/Backup/NumberOfRecoveryPointsCompleted', recoveryPointsCompleted],
]);
