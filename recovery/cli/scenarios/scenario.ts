/** How a rehearsal goes: what happens to the world before the run, and how people answer. All times are seconds of world time. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Fault of the twin to inject, in the region of the primary site. */
  readonly fault: string;
  /** Ranges the seed draws from. */
  readonly writesBeforeBackupSeconds: readonly [number, number];
  readonly secondsBetweenWrites: readonly [number, number];
  readonly disasterAfterCopySeconds: readonly [number, number];
  readonly detectedAfterSeconds: readonly [number, number];
  readonly activatedAfterSeconds: readonly [number, number];
  readonly answersAfterSeconds: number;
  readonly authority: string;
  readonly authorityReason: string;
}
