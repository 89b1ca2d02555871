import type { Console } from './command.js';
import type { Composed } from './compose.js';

/** The person pressed Ctrl-C where there is no journal yet to stop at. */
export class Interrupted extends Error {}

/** @throws Interrupted */
export const stopIfInterrupted = ({ interrupted }: Console): void => {
  if (interrupted()) throw new Interrupted('interrupted');
};

/** The same world, in which nobody sleeps on after Ctrl-C. Not for a run: that stops by itself, between two moves. */
export const interruptible = (world: Composed, console: Console): Composed => ({
  ...world,
  clock: {
    passesByItself: world.clock.passesByItself,
    now: () => world.clock.now(),
    sleepUntil: async (until, signal) => {
      stopIfInterrupted(console);
      await world.clock.sleepUntil(until, signal);
    },
  },
});
