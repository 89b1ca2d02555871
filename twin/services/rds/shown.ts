import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { instancesOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...instancesOf(ctx).values()].map(({ view, replicaOf }) => ({
    what: 'database',
    name: view.DBInstanceIdentifier,
    state: `${view.DBInstanceStatus}${replicaOf ? `, replica of ${view.ReadReplicaSourceDBInstanceIdentifier}` : ''}`,
  }));
