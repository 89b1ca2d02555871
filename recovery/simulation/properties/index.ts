import { authorityFirst } from './authority-first.js';
import { criticalGoesFirst } from './critical-goes-first.js';
import { dataStays } from './data-stays.js';
import { endsByName } from './ends-by-name.js';
import { fenceBeforeTraffic } from './fence-before-traffic.js';
import { holdsCanBeDecided } from './holds-can-be-decided.js';
import { journalComesFirst } from './journal-comes-first.js';
import { killedIsAsGood } from './killed-is-as-good.js';
import { lostRegionIsLeftAlone } from './lost-region-is-left-alone.js';
import { nothingTwice } from './nothing-twice.js';
import { oneWriter } from './one-writer.js';
import { orderIsKept } from './order-is-kept.js';
import type { Property } from './property.js';
import { receiptBeforeTraffic } from './receipt-before-traffic.js';
import { sameRequestAgain } from './same-request-again.js';
import { unknownIsNotYes } from './unknown-is-not-yes.js';

/** Everything that has to hold of every run. */
export const properties: readonly Property[] = [
  endsByName,
  nothingTwice,
  receiptBeforeTraffic,
  fenceBeforeTraffic,
  orderIsKept,
  authorityFirst,
  criticalGoesFirst,
  unknownIsNotYes,
  holdsCanBeDecided,
  dataStays,
  lostRegionIsLeftAlone,
  journalComesFirst,
  sameRequestAgain,
  oneWriter,
  killedIsAsGood,
];

/** What a run broke. */
export interface Violation {
  readonly property: string;
  readonly what: string;
}
