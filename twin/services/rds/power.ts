import type * as RDS from '@aws-sdk/client-rds';
import { forceTls } from './force-tls.js';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { becomeAvailable } from './availability.js';
import { describe } from './launch.js';
import { databaseKey, instanceNamed, invalidCombination, mustBeAvailable, stillThere, type InstanceRecord } from './records.js';

/** "You can stop a DB instance for up to 7 consecutive days" (RDS user guide). */
const restartsAfter = 7 * 86_400;

export const power = {
  RebootDBInstance: (input, ctx) => {
    accept('rds.RebootDBInstance', input, ['DBInstanceIdentifier', 'ForceFailover']);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    if (input.ForceFailover && !record.view.MultiAZ)
      throw invalidCombination('Cannot reboot with failover: the DB instance is not Multi-AZ.');
    mustBeAvailable(record);
    record.view.DBInstanceStatus = 'rebooting';
    later(ctx, record, 'rds.reboot-instance', async (then, { view }) => {
      await then.dataplane.databases.reboot(databaseKey(then, view.DbiResourceId));
      await forceTls(then, record);
      for (const group of view.DBParameterGroups ?? []) group.ParameterApplyStatus = 'in-sync';
      becomeAvailable(then, record);
    });
    return { DBInstance: describe(ctx, record) };
  },

  StopDBInstance: (input, ctx) => {
    accept('rds.StopDBInstance', input, ['DBInstanceIdentifier']);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    mustBeAvailable(record, `Instance ${record.view.DBInstanceIdentifier} is not in available state.`);
    record.view.DBInstanceStatus = 'stopping';
    later(ctx, record, 'rds.stop-instance', async (then, { view }) => {
      await then.dataplane.databases.stop(databaseKey(then, view.DbiResourceId));
      view.DBInstanceStatus = 'stopped';
      view.AutomaticRestartTime = new Date(then.now() + restartsAfter * 1000);
      const due = view.AutomaticRestartTime;
      then
        .operation(`rds.restart/${view.DbiResourceId}`)
        .after(restartsAfter, `rds: ${view.DBInstanceIdentifier} starts by itself`, (week) => {
          const stopped = stillThere(week, view.DbiResourceId);
          if (stopped?.view.DBInstanceStatus === 'stopped' && stopped.view.AutomaticRestartTime === due) start(week, stopped);
        });
    });
    return { DBInstance: describe(ctx, record) };
  },

  StartDBInstance: (input, ctx) => {
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    if (record.view.DBInstanceStatus !== 'stopped') {
      const id = record.view.DBInstanceIdentifier;
      throw new AwsError('InvalidDBInstanceStateFault', `Instance ${id} is not stopped, so it cannot be started.`);
    }
    start(ctx, record);
    return { DBInstance: describe(ctx, record) };
  },
} satisfies Operations<typeof RDS>;

const start = (ctx: Context, record: InstanceRecord): void => {
  record.view.DBInstanceStatus = 'starting';
  record.view.AutomaticRestartTime = undefined;
  later(ctx, record, 'rds.start-instance', async (then, { view }) => {
    await then.dataplane.databases.start(databaseKey(then, view.DbiResourceId));
    await forceTls(then, record);
    becomeAvailable(then, record);
  });
};

const later = (
  ctx: Context,
  { view }: InstanceRecord,
  takes: 'rds.reboot-instance' | 'rds.stop-instance' | 'rds.start-instance',
  work: (ctx: Context, record: InstanceRecord) => Promise<void>,
): void =>
  ctx.after(ctx.takes(takes), `${takes} ${view.DBInstanceIdentifier}`, async (then) => {
    const record = stillThere(then, view.DbiResourceId);
    if (record) await work(then, record);
  });
