import { ImpossibleFault, type Fault } from './fault.js';

/** One region is gone, control plane and data plane both; copies that had arrived elsewhere remain. */
export const regionOutage: Fault = {
  name: 'region-outage',
  description: 'control plane and data plane of one region are gone: calls hang or are refused, processes die, sockets close',
  inject: async (world, { region, forSeconds }) => {
    if (forSeconds !== undefined) throw new ImpossibleFault('a lost region does not return in this twin: leave the duration out');
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new ImpossibleFault(`${region} is not a region such as eu-west-1`);
    await world.loseRegion(region);
  },
};
