import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { cloudwatchOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] => {
  const { alarms, composites } = cloudwatchOf(ctx);
  return [...alarms.values(), ...composites.values()].map(({ alarm }) => ({
    what: 'alarm',
    name: alarm.AlarmName,
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
  }));
};
