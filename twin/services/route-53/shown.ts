import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { route53Records } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...ctx.state(route53Records).zones.values()].map(({ name, recordSets }) => ({
    what: 'zone',
    name,
    state: counted(recordSets.size, 'record set'),
  }));
