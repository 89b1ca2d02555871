import { badDay, primaryLost } from './scenario.js';

export const readsAreStale = badDay({
  name: 'reads-are-stale',
  summary: 'reads in the alternate region answer as of half a minute ago, for an hour',
  faults: [primaryLost, { name: 'stale-read', where: 'alternate', forSeconds: 3600 }],
  expected: {
    outcome: 'recovered',
    because: 'every step verifies by asking again, and a stale answer is not on the list of surprises',
  },
});
