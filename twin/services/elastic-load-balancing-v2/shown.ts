import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { elbRecords } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...ctx.state(elbRecords).targetGroups.values()].map(({ name, targets }) => {
    const healthy = [...targets.values()].filter(({ health }) => health.State === 'healthy').length;
    return { what: 'target group', name, state: `${healthy} of ${targets.size} targets healthy` };
  });
