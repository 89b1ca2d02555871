import { isAnsweredIn, isClients } from './bites.js';
import type { Fault } from './fault.js';
import { optionalService, within } from './parameters.js';

/**
 * Calls take their time: the world moves on while whoever owns its clock waits for an answer. Others, as an application that calls from
 * within an event, are answered at once: waiting for a clock that waits for them would be for ever.
 */
export const slowApi: Fault = {
  name: 'slow-api',
  description: "calls of the clock's owner to one region take seconds of world time before they are answered",
  parameters: {
    service: 'only this one, as in its SDK package (default: all)',
    seconds: 'how long each call takes, 1 to 60 (default: 5)',
  },
  inject: (world, target) => {
    const service = optionalService(target);
    const seconds = within(target, 'seconds', [1, 60], 5);
    return {
      call: async (call) => {
        if (!isClients(call) || !call.ctx.caller.ownsClock || !isAnsweredIn(target.region, service, call)) return;
        await world.sleepUntil(world.now() + seconds * 1000);
      },
    };
  },
};
