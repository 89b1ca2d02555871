import type { Instant } from '../model/time.js';

/** Somebody other than us who counted our calls. */
export interface CallAudit {
  /** Calls to `lostRegion` and writes to us-east-1's control planes in [from, to]; null where nobody counts. */
  count(lostRegion: string, from: Instant, to: Instant): Promise<{ lostRegion: number; usEast1ControlPlane: number; source: string } | null>;
}
