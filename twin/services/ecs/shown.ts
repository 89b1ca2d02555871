import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { ecsRecords, tasksOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...ctx.state(ecsRecords).services.values()]
    .filter(({ status }) => status !== 'INACTIVE')
    .map((service) => {
      const running = tasksOf(ctx, service).filter(({ described }) => described.lastStatus === 'RUNNING').length;
      const draining = service.status === 'DRAINING' ? ', draining' : '';
      return { what: 'service', name: service.name, state: `${running} of ${service.asked.desiredCount} tasks running${draining}` };
    });
