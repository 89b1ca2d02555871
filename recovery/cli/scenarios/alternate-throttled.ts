import { badDay, primaryLost } from './scenario.js';

export const alternateThrottled = badDay({
  name: 'alternate-throttled',
  summary: 'everybody recovers into the alternate region at once, and one call in five is refused for an hour',
  faults: [primaryLost, { name: 'throttling', where: 'alternate', forSeconds: 3600, with: { rate: 0.2 } }],
  expected: {
    outcome: 'recovered',
    because: 'a throttled call is looked at again under the same token; nothing is done twice',
  },
});
