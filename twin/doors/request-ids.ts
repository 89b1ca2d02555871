import type { Chance } from '../world/chance.js';

/** Ids of requests, in AWS's form, by the world's seed. */
export const requestIds = (chance: Chance): (() => string) => {
  let requests = 0;
  return () => {
    const hex = chance.stream(`request/${++requests}`).hex(32);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
};
