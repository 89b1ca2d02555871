import type { Outcome } from '../../model/journal-entry.js';

/** How a rehearsal goes: what happens to the world before and during the run, and how people answer. All times are seconds of world time. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Faults of the twin; the first of them is the disruption. */
  readonly faults: readonly [ScenarioFault, ...ScenarioFault[]];
  /** What has to come of it, documented beforehand; a rehearsal says whether it did. */
  readonly expected: Expected;
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

export interface ScenarioFault {
  readonly name: string;
  /** The site's region, or where the control planes of AWS's global services live. */
  readonly where: 'primary' | 'alternate' | 'us-east-1';
  /** From when on: the disruption, or the moment at which the plan stood; absent: the disruption. */
  readonly since?: 'planned';
  /** After that; absent: with it. */
  readonly afterSeconds?: number;
  readonly forSeconds?: number;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Expected {
  readonly outcome: Extract<Outcome, 'recovered' | 'held'>;
  /** Where a held run stops. */
  readonly heldAt?: string;
  /** Part of the hold's reason. */
  readonly reason?: string;
  /** Why this is right. */
  readonly because: string;
}

/** The disaster every plan is for: the region of the primary site is gone. */
export const primaryLost = { name: 'region-outage', where: 'primary' } as const;

/** A scenario in which people act as they usually do. */
export const badDay = (day: Pick<Scenario, 'name' | 'summary' | 'faults' | 'expected'>): Scenario => ({
  ...day,
  writesBeforeBackupSeconds: [900, 2700],
  secondsBetweenWrites: [5, 60],
  disasterAfterCopySeconds: [120, 3000],
  detectedAfterSeconds: [60, 300],
  activatedAfterSeconds: [300, 1200],
  answersAfterSeconds: 600,
  authority: 'cto',
  authorityReason: 'rehearsal: the scenario stands for whoever holds authority',
});
