import { z } from 'zod';
import type { GlobalOutputs } from '../../lib/contract/outputs.js';
import type { Holds } from '../model/evidence.js';
import type { Site } from '../model/site.js';
import type { Aws } from '../ports/aws.js';

export const moveSchema = z.object({ run: z.string(), site: z.string(), receipt: z.string(), at: z.string(), before: z.array(z.string()) });
/** Who moved traffic where, when, and by what right. */
export type Move = z.infer<typeof moveSchema>;

/** How traffic stands. */
export interface Standing {
  /** The last move, as it was noted; undefined: none, or by something that is not a run. */
  readonly move: Move | undefined;
  /** Of the note; undefined: there is none. */
  readonly etag: string | undefined;
  /** Whether DNS is told what the note says. */
  readonly inEffect: boolean;
  readonly observed: string;
}

/** What moves traffic from one site to the other, whichever it is. It judges no right to: that is the step's. */
export interface TrafficSwitch {
  /** Where it is. */
  readonly source: string;
  look(): Promise<Standing>;
  /** Moves traffic if it still stands as it was looked at. @throws RecoveryError `transient` when somebody moved it meanwhile: look again. */
  move(move: Move, over: Standing): Promise<void>;
  /** Whether it could be moved now: it answers, and nobody has moved it yet. Moves nothing. */
  couldMove(): Promise<{ readonly holds: Holds; readonly observed: string }>;
}

/** What a switch works between, and with. */
export interface SwitchPlace {
  readonly aws: Aws;
  readonly from: Site;
  readonly to: Site;
  readonly targets: { readonly global: GlobalOutputs };
}
