import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { vaultsOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...vaultsOf(ctx).values()].map(({ name, points, lock }) => ({
    what: 'vault',
    name,
    state: `${points.size} recovery points${lock ? ', locked' : ''}`,
  }));
