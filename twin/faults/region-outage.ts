import { ImpossibleFault, type Fault } from './fault.js';

/** One region is gone, control plane and data plane both; copies that had arrived elsewhere remain. */
export const regionOutage: Fault = {
  name: 'region-outage',
  description:
    'control plane and data plane of one region are gone: calls hang or are refused, processes die, sockets close; with a duration it returns',
  parameters: {},
  inject: async (world, { region, forSeconds }) => {
    if (world.regionIsLost(region)) throw new ImpossibleFault(`${region} is lost already`);
    await world.loseRegion(region);
    if (forSeconds !== undefined)
      world.laterOutsideRegions(forSeconds, `${region} returns`, async () => {
        if (world.regionIsLost(region)) await world.returnRegion(region);
      });
    return {};
  },
};
