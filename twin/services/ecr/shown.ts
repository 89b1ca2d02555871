import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { repositoriesOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...repositoriesOf(ctx)].map(([name, { images }]) => ({ what: 'repository', name, state: counted(images.size, 'image') }));
