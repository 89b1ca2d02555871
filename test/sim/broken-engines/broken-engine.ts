import type { Tampering } from '../../../recovery/simulation/simulated-run.js';

/** The real engine with one thing about it put wrong. */
export interface BrokenEngine {
  readonly name: string;
  /** How it is broken. */
  readonly how: string;
  /** The property that has to notice. */
  readonly breaks: string;
  /** Faults it takes to show, where not just any. */
  readonly faults?: readonly string[];
  readonly tampering: () => Tampering;
}
