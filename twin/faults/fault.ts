import type { Interference } from '../world/interference.js';
import type { World } from '../world/world.js';

export interface FaultTarget {
  readonly region: string;
  /** Seconds of world time from now at which it begins; absent: at once. */
  readonly inSeconds?: number | undefined;
  /** Seconds of world time after which it is over; absent: it stays. */
  readonly forSeconds?: number | undefined;
  /** Whatever else the fault takes, by name. */
  readonly with?: Readonly<Record<string, unknown>> | undefined;
}

/** Thrown when a fault cannot be had as it was asked for; says what is wrong, and what would be right. */
export class ImpossibleFault extends Error {}

/** Something that goes wrong in the world, by name. */
export interface Fault {
  readonly name: string;
  readonly description: string;
  /** What `with` may hold: each in a sentence. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Gives what interferes from now on; a fault that happens at once and is over gives nothing. @throws ImpossibleFault */
  inject(world: World, target: FaultTarget): Interference | undefined | Promise<Interference | undefined>;
}
