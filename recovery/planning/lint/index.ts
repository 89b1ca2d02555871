/** Every lint there is: one line each. */
import { concurrentWrites } from './concurrent-writes.js';
import { cutoverNotDominated } from './cutover-not-dominated.js';
import { cycle } from './cycle.js';
import { irreversibleBeforeVerified } from './irreversible-before-verified.js';
import { limitsBeyondRto } from './limits-beyond-rto.js';
import type { Lint } from './lint.js';
import { lostRegionNeeded } from './lost-region-needed.js';
import { needlessSequence } from './needless-sequence.js';
import { singleOwner } from './single-owner.js';
import { unlimitedWait } from './unlimited-wait.js';
import { unreachable } from './unreachable.js';
import { usEast1Needed } from './us-east-1-needed.js';

export const lints: readonly Lint[] = [
  cycle,
  unreachable,
  cutoverNotDominated,
  lostRegionNeeded,
  usEast1Needed,
  irreversibleBeforeVerified,
  concurrentWrites,
  unlimitedWait,
  limitsBeyondRto,
  singleOwner,
  needlessSequence,
];
