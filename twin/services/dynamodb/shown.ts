import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { dynamodbRecords } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...ctx.state(dynamodbRecords).tables.values()].map(({ name, status, items }) => ({
    what: 'table',
    name,
    state: `${status}, ${counted(items.size, 'item')}`,
  }));
