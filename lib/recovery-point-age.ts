import { longestGap } from './contract/cron-gap.js';
import type { Settings } from './contract/settings.js';

/** CloudWatch looks further back than it evaluates where data are missing, and so notices late: by two periods, as is published for three. */
const lateHours = 2;
/** Alarms on periods of an hour look back over seven days at most (CloudWatch API reference, PutMetricAlarm). */
const mostHours = 168;

/**
 * Hours without a completed recovery point after which somebody has to know: what the RPO leaves when the backup and copy under way take their
 * time (`copies`: one after the other), but never so few that a schedule which is kept would look like one that is not.
 */
export const hoursWithoutRecoveryPoint = ({ backup, objectives }: Settings, copies: 1 | 2 = 1): number => {
  const gap = longestGap(backup.schedule);
  if ('unclear' in gap) throw new Error(`settings were read with a schedule that cannot be told: ${gap.unclear}`);
  const { backup: backingUp, copy } = backup.p95Minutes;
  const left = Math.floor(objectives.rpoHours - (backingUp + copies * copy) / 60) - lateHours;
  return Math.min(mostHours, Math.max(left, Math.ceil(gap.minutes / 60) + 1));
};
