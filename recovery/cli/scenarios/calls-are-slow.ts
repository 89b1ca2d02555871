import { badDay, primaryLost } from './scenario.js';

export const callsAreSlow = badDay({
  name: 'calls-are-slow',
  summary: 'every call in the alternate region takes seconds, for an hour',
  faults: [primaryLost, { name: 'slow-api', where: 'alternate', forSeconds: 3600 }],
  expected: {
    outcome: 'recovered',
    because: 'slow is not failed; the RTO shows what it cost',
  },
});
