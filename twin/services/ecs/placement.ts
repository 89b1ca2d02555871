import type { Context } from '../../world/context.js';
import type { ServiceRecord } from './records.js';
import { addEvent } from './service-events.js';

/** Seconds until the scheduler tries again to place a task: an assumption. */
const placementPauseSeconds = 30;

/** Says in the service's events why no task can be placed now (once, however often it is tried), and has `again` called later. */
export const cannotPlace = (service: ServiceRecord, ctx: Context, again: (ctx: Context) => unknown): boolean => {
  const reason = ctx.obstacle('ecs.task');
  if (reason === undefined) return false;
  const message = `was unable to place a task. Reason: ${reason}. For more information, see the Troubleshooting section.`;
  if (!service.events[0]?.message?.endsWith(message)) addEvent(service, message, ctx);
  if (service.waitsForRoom) return true;
  service.waitsForRoom = true;
  ctx.operation('ecs.placement').after(placementPauseSeconds, `${service.name} tries to place tasks`, (then) => {
    service.waitsForRoom = false;
    again(then);
  });
  return true;
};
