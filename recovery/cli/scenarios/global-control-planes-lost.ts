import { badDay, primaryLost } from './scenario.js';

export const globalControlPlanesLost = badDay({
  name: 'global-control-planes-lost',
  summary: "the primary's region is gone, and so are the control planes of Route 53 and IAM in us-east-1",
  faults: [primaryLost, { name: 'control-plane-outage', where: 'us-east-1' }],
  expected: {
    outcome: 'recovered',
    because: 'no step writes to a global control plane: DNS moves by the data plane of the alternate region',
  },
});
