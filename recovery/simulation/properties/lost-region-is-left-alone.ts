import type { Property } from './property.js';

export const lostRegionIsLeftAlone: Property = {
  name: 'lost-region-is-left-alone',
  claim: 'from activation on no call to the lost region, and no write to the control planes of us-east-1',
  judge: ({ ledger, plan }) => {
    // What a region that has returned does within itself is not a call to it.
    const ours = ledger.filter(({ via }) => via === 'client' || via === 'cloudformation');
    const found = ours.find(
      ({ region, plane, controlPlaneRegion }) =>
        region === plan.from.region || (plane === 'control-write' && controlPlaneRegion === 'us-east-1'),
    );
    return found && `${found.service}.${found.operation} in ${found.region} by ${found.via}`;
  },
};
