import type { Instant } from './time.js';

/** What clients were promised: every write that was answered with 201, kept outside the database. */
export interface Ledger {
  readonly acknowledged: readonly { readonly id: string; readonly at: Instant }[];
}
