import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import type { ServiceRecord } from './records.js';

/** Adds `(service NAME) …` to what DescribeServices tells of the service, which keeps the newest 100. */
export const addEvent = (service: ServiceRecord, message: string, ctx: Context): void => {
  const event = { id: freshUuid(ctx, 'ecs-event'), createdAt: ctx.date(), message: `(service ${service.name}) ${message}` };
  service.events = [event, ...service.events].slice(0, 100);
};
