import type { Property } from './property.js';
import { movingCalls } from './switch-calls.js';

export const nothingTwice: Property = {
  name: 'nothing-twice',
  claim: 'one restore that lives, one cut-over, one epoch raised by the run',
  judge: (seen) => {
    if (seen.left.liveRestores > 1) return `${seen.left.liveRestores} restores live side by side`;
    const moved = movingCalls(seen);
    if (moved.length > 1) return `traffic was moved by calls ${moved.map(({ nth }) => nth).join(' and ')}`;
    const raised = new Set(seen.sightings.flatMap(({ epoch }) => (epoch?.raisedBy === seen.run ? [epoch.epoch] : [])));
    return raised.size > 1 ? `epochs ${[...raised].join(' and ')} were raised by one run` : undefined;
  },
};
