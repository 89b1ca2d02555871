import type { Context } from '../../world/context.js';
import type { Shown } from '../service.js';
import { recoveryControl } from '../route53-recovery-cluster/records.js';
import { home } from './offered.js';

/** For `altsite twin summary`: what is everywhere is shown once. */
export const shown = (ctx: Context): readonly Shown[] =>
  ctx.region === home
    ? [...ctx.state(recoveryControl).controls.values()].map(({ name, state }) => ({ what: 'routing control', name, state }))
    : [];
