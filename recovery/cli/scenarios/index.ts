import { RecoveryError } from '../../model/recovery-error.js';
import { primaryRegionLost } from './primary-region-lost.js';
import type { Scenario } from './scenario.js';
export type { Scenario } from './scenario.js';

export const scenarios: readonly Scenario[] = [primaryRegionLost];

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
