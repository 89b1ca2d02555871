import type { Property } from './property.js';
import { switchCalls } from './switch-calls.js';

export const fenceBeforeTraffic: Property = {
  name: 'fence-before-traffic',
  claim: 'DNS moves only while this run holds the fence for the site recovered to',
  judge: (seen) => {
    for (const { nth } of switchCalls(seen)) {
      const fence = seen.sightings.findLast(({ afterCall }) => afterCall < nth)?.epoch;
      if (fence?.raisedBy !== seen.run || fence.writer !== seen.plan.to.name)
        return `traffic moved while the fence was ${fence ? `${fence.raisedBy}'s, writer ${fence.writer ?? 'none'}` : 'where it always was'}`;
    }
    return undefined;
  },
};
