import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { recoveryControl } from './records.js';

/** Where ARC is configured: what is everywhere is shown once. */
const home = 'us-west-2';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  ctx.region === home
    ? [...ctx.state(recoveryControl).controls.values()].map(({ name, state }) => ({ what: 'routing control', name, state }))
    : [];
