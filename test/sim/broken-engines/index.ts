import type { BrokenEngine } from './broken-engine.js';
import { cutOverWithoutReceipt } from './cut-over-without-receipt.js';
import { effectBeforeEntry } from './effect-before-entry.js';
import { gateSkipped } from './gate-skipped.js';
import { holdWithoutChoices } from './hold-without-choices.js';
import { lockIgnored } from './lock-ignored.js';
import { retryThatDoesNotLook } from './retry-that-does-not-look.js';
import { tokenNotDerived } from './token-not-derived.js';
import { trafficBeforeFence } from './traffic-before-fence.js';
import { undoPastThePoint } from './undo-past-the-point.js';
import { unknownCountedAsYes } from './unknown-counted-as-yes.js';
import { waiverNeverExpires } from './waiver-never-expires.js';

/** Engines that must be caught. */
export const brokenEngines: readonly BrokenEngine[] = [
  cutOverWithoutReceipt,
  trafficBeforeFence,
  tokenNotDerived,
  lockIgnored,
  effectBeforeEntry,
  gateSkipped,
  retryThatDoesNotLook,
  waiverNeverExpires,
  undoPastThePoint,
  holdWithoutChoices,
  unknownCountedAsYes,
];
