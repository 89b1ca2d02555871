import { ImpossibleFault, type Fault } from './fault.js';

/**
 * A lost region comes back as it was when it went: records, backups, databases with every row they had committed, also those that never left.
 * Its tasks are started anew by ECS, and what was due meanwhile happens now. Nothing of it knows what was done elsewhere.
 */
export const regionReturns: Fault = {
  name: 'region-returns',
  description: 'a lost region is there again: it answers, its databases start with all the rows they had, ECS starts its tasks anew',
  parameters: {},
  inject: async (world, { region, forSeconds }) => {
    if (!world.regionIsLost(region)) throw new ImpossibleFault(`${region} is not lost: nothing can return`);
    if (forSeconds !== undefined)
      throw new ImpossibleFault('a region returns for good: leave the duration out, and lose it again if you like');
    await world.returnRegion(region);
    world.interferences.end('region-outage', region);
    return undefined;
  },
};
