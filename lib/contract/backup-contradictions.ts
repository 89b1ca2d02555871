import { backupSchema, objectivesSchema } from './backup-settings.js';
import type { BackupSettings } from './backup-settings.js';
import { longestGap } from './cron-gap.js';

interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

/** What a backup cannot keep of what was promised, and locks that contradict themselves. Nothing is certain to be there. */
export const backupContradictions = (settings: unknown): readonly Contradiction[] => {
  const { backup, objectives, account } = (settings ?? {}) as Readonly<Record<string, unknown>>;
  const given = backupSchema.safeParse(backup);
  if (!given.success) return [];
  const promised = objectivesSchema.safeParse(objectives);
  return [
    ...(promised.success ? missedObjective(given.data, promised.data.rpoHours) : []),
    ...lockContradictions(given.data),
    ...(given.data.account !== undefined && given.data.account === account
      ? [{ path: ['backup', 'account'], message: "must not be production's own account: whoever holds that one must not hold both" }]
      : []),
  ];
};

const missedObjective = ({ schedule, p95Minutes: { backup, copy } }: BackupSettings, rpoHours: number): Contradiction[] => {
  const path = ['backup', 'schedule'];
  const gap = longestGap(schedule);
  if ('unclear' in gap) return [{ path, message: `how long it goes without firing cannot be told: ${gap.unclear}` }];
  const oldest = gap.minutes + backup + copy;
  const over = oldest - rpoHours * 60;
  if (over <= 0) return [];
  const most = rpoHours * 60 - backup - copy;
  const cure =
    most > 0
      ? `let it fire at least every ${most} minutes, or have a longer objectives.rpoHours decided`
      : 'no schedule can: backup and copy alone take longer; replicate automated backups, or have a longer objectives.rpoHours decided';
  return [
    {
      path,
      message: `cannot keep the RPO of ${rpoHours} h: ${gap.minutes} minutes between firings + ${backup} of backup + ${copy} of copy are ${over} minutes more; ${cure}`,
    },
  ];
};

const lockContradictions = ({
  retentionDays,
  lock: { mode, minRetentionDays, maxRetentionDays, changeableForDays },
}: BackupSettings): Contradiction[] => [
  ...(retentionDays < minRetentionDays
    ? [
        {
          path: ['backup', 'retentionDays'],
          message: `must be at least the lock's minRetentionDays, ${minRetentionDays}: every backup would fail`,
        },
      ]
    : []),
  ...(maxRetentionDays !== undefined && retentionDays > maxRetentionDays
    ? [
        {
          path: ['backup', 'retentionDays'],
          message: `must be at most the lock's maxRetentionDays, ${maxRetentionDays}: every backup would fail`,
        },
      ]
    : []),
  ...(maxRetentionDays !== undefined && maxRetentionDays < minRetentionDays
    ? [{ path: ['backup', 'lock', 'maxRetentionDays'], message: `must not be less than minRetentionDays, ${minRetentionDays}` }]
    : []),
  ...(mode === 'compliance' && changeableForDays === undefined
    ? [{ path: ['backup', 'lock'], message: 'of mode compliance must say changeableForDays: after them nobody can take it back' }]
    : []),
  ...(mode === 'governance' && changeableForDays !== undefined
    ? [{ path: ['backup', 'lock', 'changeableForDays'], message: 'is of mode compliance alone; say so, or leave it out' }]
    : []),
];
