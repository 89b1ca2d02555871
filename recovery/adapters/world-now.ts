import type { WorldName } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { instant, type Instant } from '../model/time.js';
import { findTwin } from './find-twin.js';
import { systemClock } from './system-clock.js';

/**
 * What time it is in a run's world, without taking its clock; null where nobody can be asked: no twin runs, or it is another emulator.
 * @throws RecoveryError `invalid` for a URL that is no twin's.
 */
export const worldNow = async (world: WorldName, twins: string, url: string | undefined): Promise<Instant | null> => {
  if (world === 'aws') return systemClock.now();
  const twin = await findTwin(twins, url).catch((error: unknown) => {
    if (error instanceof RecoveryError && error.code === 'no-twin') return null;
    throw error;
  });
  if (!twin?.clock) return null;
  const response = await fetch(`${twin.url}/_twin/clock`).catch(() => null);
  return response?.ok ? instant(((await response.json()) as { now: number }).now) : null;
};
