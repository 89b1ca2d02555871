import { RecoveryError } from '../../model/recovery-error.js';
import { alternateThrottled } from './alternate-throttled.js';
import { callsAreSlow } from './calls-are-slow.js';
import { databaseQuotaExceeded } from './database-quota-exceeded.js';
import { globalControlPlanesLost } from './global-control-planes-lost.js';
import { keyDenied } from './key-denied.js';
import { noDatabaseCapacity } from './no-database-capacity.js';
import { primaryRegionLost } from './primary-region-lost.js';
import { primaryReturns } from './primary-returns.js';
import { readsAreStale } from './reads-are-stale.js';
import { recoveryPointCorrupt } from './recovery-point-corrupt.js';
import { restoreJobFails } from './restore-job-fails.js';
import { restoreStuck } from './restore-stuck.js';
import type { Scenario } from './scenario.js';
export type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [
  primaryRegionLost,
  globalControlPlanesLost,
  primaryReturns,
  alternateThrottled,
  readsAreStale,
  callsAreSlow,
  databaseQuotaExceeded,
  noDatabaseCapacity,
  restoreStuck,
  restoreJobFails,
  recoveryPointCorrupt,
  keyDenied,
];

/** @throws RecoveryError `invalid` naming the scenarios there are. */
export const scenarioNamed = (name: string): Scenario => {
  const found = scenarios.find((one) => one.name === name);
  if (!found)
    throw new RecoveryError(
      'invalid',
      'unknown-scenario',
      `there is no scenario ${name}; known: ${scenarios.map((one) => one.name).join(', ')}`,
    );
  return found;
};
