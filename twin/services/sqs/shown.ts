import type { Context } from '../../world/context.js';
import { counted } from '../counted.js';
import type { Shown } from '../service.js';
import { sqsOf } from './records.js';

/** For `altsite twin summary`. */
export const shown = (ctx: Context): readonly Shown[] =>
  [...sqsOf(ctx).queues.values()].map(({ name, messages }) => ({ what: 'queue', name, state: counted(messages.length, 'message') }));
