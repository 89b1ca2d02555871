import type { Targets } from '../../model/plan.js';
import type { Site } from '../../model/site.js';

/** A world in which production can be made to stand; `targets` is completed with what AWS names by itself. */
export interface StandingWorld {
  readonly from: Site;
  readonly to: Site;
  readonly targets: { -readonly [Part in keyof Targets]: Targets[Part] };
  /** Calls AWS as somebody else than the recovery would, by default in the region recovered to. */
  call<Output = Record<string, unknown>>(service: string, operation: string, input?: object, region?: string): Promise<Output>;
  /** Lets seconds of the world's time pass. */
  pass(seconds: number): Promise<unknown>;
  now(): number;
}
