import type { Instant } from '../model/time.js';

/** Somebody other than us who counts our calls. */
export interface CallAudit {
  /** How many calls were counted so far: where to count from. Null where nobody counts. */
  position(): Promise<number | null>;
  /** Calls to `lostRegion` and writes to us-east-1's control planes after `position` and until `to`. */
  count(lostRegion: string, position: number, to: Instant): Promise<{ lostRegion: number; usEast1ControlPlane: number; source: string }>;
}
