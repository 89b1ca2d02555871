import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { allStacks } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  allStacks(ctx)
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .map(({ name, status }) => ({ what: 'stack', name, state: status }));
