import { badDay, primaryLost } from './scenario.js';

export const primaryReturns = badDay({
  name: 'primary-returns',
  summary: 'the lost region comes back while the recovery is under way, with rows that were never copied',
  faults: [primaryLost, { name: 'region-returns', where: 'primary', afterSeconds: 1500 }],
  expected: {
    outcome: 'recovered',
    because: 'the fence took the right to write away from the old site, and nothing moves DNS back',
  },
});
