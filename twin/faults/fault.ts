import type { World } from '../world/world.js';

export interface FaultTarget {
  readonly region: string;
  /** Seconds of world time after which it is over; absent: it stays. */
  readonly forSeconds?: number | undefined;
}

/** Thrown when a fault cannot be had as it was asked for. */
export class ImpossibleFault extends Error {}

/** Something that goes wrong in the world, by name. */
export interface Fault {
  readonly name: string;
  readonly description: string;
  /** @throws ImpossibleFault */
  inject(world: World, target: FaultTarget): Promise<void>;
}
