import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { vaultsOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...vaultsOf(ctx).values()].map(({ name, points, lock }) => ({
    what: 'vault',
    name,
    state: `${counted(points.size, 'recovery point')}${lock ? ', locked' : ''}`,
  }));
