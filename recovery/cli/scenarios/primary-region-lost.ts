import { badDay, primaryLost } from './scenario.js';

export const primaryRegionLost = badDay({
  name: 'primary-region-lost',
  summary: "the primary's region is gone, control plane and data plane; the newest copied recovery point is all there is",
  faults: [primaryLost],
  expected: {
    outcome: 'recovered',
    because: 'everything a recovery needs stands in the alternate region beforehand',
  },
});
