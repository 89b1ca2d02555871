import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { becomeAvailable, whenAvailable } from './availability.js';
import { beginBackups } from './keep-backups.js';
import { checkRetention, describe } from './launch.js';
import { databaseKey, instanceNamed, mustBeAvailable, stillThere, type InstanceRecord } from './records.js';
import { forgetSource } from './replication-status.js';

export const promoteReplica = {
  PromoteReadReplica: (input, ctx) => {
    accept('rds.PromoteReadReplica', input, ['DBInstanceIdentifier', 'BackupRetentionPeriod', 'PreferredBackupWindow']);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    if (!record.replicaOf) throw new AwsError('InvalidDBInstanceStateFault', 'DB Instance is not a read replica.');
    mustBeAvailable(record);
    const retention = checkRetention(input.BackupRetentionPeriod ?? 1);
    record.view.PendingModifiedValues = { BackupRetentionPeriod: retention };
    if (input.PreferredBackupWindow !== undefined) record.view.PreferredBackupWindow = input.PreferredBackupWindow;
    // As with a modification, RDS goes on saying `available` for a moment after it has accepted the request.
    ctx.after(ctx.takes('rds.notice-modification'), `rds: ${record.view.DBInstanceIdentifier} is promoted`, (then) =>
      whenAvailable(then, record, (now) => promote(now, record, retention)),
    );
    return { DBInstance: describe(ctx, record) };
  },
} satisfies Operations<typeof RDS>;

/** Promoted, restarted, and backed up before it is available, if backups are wanted. */
const promote = (ctx: Context, { view }: InstanceRecord, retention: number): void => {
  view.DBInstanceStatus = 'modifying';
  ctx.after(ctx.takes('rds.promote-replica'), `rds: ${view.DBInstanceIdentifier} takes writes`, async (then) => {
    const record = stillThere(then, view.DbiResourceId);
    if (!record) return;
    const key = databaseKey(then, view.DbiResourceId);
    await then.dataplane.databases.promote(key);
    forgetSource(then, record);
    Object.assign(view, { BackupRetentionPeriod: retention, PendingModifiedValues: {}, DBInstanceStatus: 'rebooting' });
    then.after(then.takes('rds.reboot-instance'), `rds: ${view.DBInstanceIdentifier} restarts`, async (up) => {
      if (!stillThere(up, view.DbiResourceId)) return;
      await up.dataplane.databases.reboot(key);
      if (retention > 0) await beginBackups(up, record);
      else becomeAvailable(up, record);
    });
  });
};
