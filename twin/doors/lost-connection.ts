import type { Chance } from '../world/chance.js';

/** Real milliseconds: longer than the patience of a client that means to notice, short enough to be waited for. */
const hang = 2_500;

/** How long a connection to a lost region hangs before it breaks: by the seed, half of them break at once. Milliseconds. */
export const lostConnections = (chance: Chance): (() => number) => {
  const stream = chance.stream('lost-connections');
  return () => (stream.next() < 0.5 ? 0 : hang);
};
