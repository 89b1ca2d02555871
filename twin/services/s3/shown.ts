import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { bucketsOf } from './records.js';

/** Versions are not counted, keys are. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...bucketsOf(ctx).values()]
    .filter(({ account, region }) => account === ctx.account && region === ctx.region)
    .map(({ name, objects }) => ({ what: 'bucket', name, state: counted(objects.size, 'object') }));
