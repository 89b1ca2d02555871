import type { Instant } from '../model/time.js';

/** A call, and whose it was. */
export interface RoleCall {
  /** A team's id, or `orchestrator`. */
  readonly role: string;
  /** IAM action: `s3:ListBucket`. */
  readonly action: string;
  readonly region: string;
}

/** Somebody other than us who counts our calls. */
export interface CallAudit {
  /** How many calls were counted so far: where to count from. Null where nobody counts. */
  position(): Promise<number | null>;
  /** Calls that were made as a team, or as the recovery around its tasks, after `position`: those that AWS asks a right for. */
  byRole(position: number): Promise<readonly RoleCall[]>;
  /** Calls to `lostRegion` and writes to us-east-1's control planes after `position` and until `to`. */
  count(lostRegion: string, position: number, to: Instant): Promise<{ lostRegion: number; usEast1ControlPlane: number; source: string }>;
}
