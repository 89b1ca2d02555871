import type { Context } from '../../world/context.js';
import type { InstanceRecord } from './records.js';

/** Does `work` at once, or as soon as whatever occupies the instance (a backup, a reboot, another change) is done. */
export const whenAvailable = (ctx: Context, record: InstanceRecord, work: (ctx: Context) => void): void => {
  if (record.view.DBInstanceStatus === 'available') work(ctx);
  else record.waiting.push(work);
};

/** Back to `available`, and on to the next thing that waited for it. */
export const becomeAvailable = (ctx: Context, record: InstanceRecord): void => {
  record.view.DBInstanceStatus = 'available';
  record.waiting.shift()?.(ctx);
};
