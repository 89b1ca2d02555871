import { z } from 'zod';

const days = z.int().min(1).max(36_500);

/** How production's data is kept: what AWS Backup does, how long it is thought to take, and what nobody can take back. */
export const backupSchema = z.strictObject({
  schedule: z
    .string()
    .regex(/^cron\(\S+( \S+){5}\)$/, 'an AWS cron expression of six fields such as cron(0 * * * ? *)')
    .meta({ description: 'AWS Backup cron expression, UTC' }),
  retentionDays: days,
  p95Minutes: z
    .strictObject({
      backup: z.int().min(1).max(10_080).meta({ description: 'from the firing of the schedule to a finished backup' }),
      copy: z.int().min(1).max(10_080).meta({ description: 'from then to a finished copy in the other region' }),
      source: z.string().min(1).meta({ description: 'where these figures come from' }),
    })
    .default({ backup: 60, copy: 120, source: 'assumed: a small database, AWS Backup starting within its hour; nobody measured it' })
    .meta({ description: '95 of a hundred backups and copies take no longer; assumed until somebody has measured' }),
  lock: z
    .strictObject({
      mode: z
        .enum(['governance', 'compliance'])
        .default('governance')
        .meta({ description: 'compliance: once changeableForDays are over nobody can shorten anything, not even AWS' }),
      minRetentionDays: days.default(7),
      maxRetentionDays: days.optional(),
      changeableForDays: z
        .int()
        .min(3)
        .max(36_500)
        .optional()
        .meta({ description: 'of compliance alone: how long it can still be taken back' }),
    })
    .default({ mode: 'governance', minRetentionDays: 7 })
    .meta({ description: 'lock of the vaults' }),
  account: z
    .string()
    .regex(/^\d{12}$/, 'twelve digits in quotes')
    .optional()
    .meta({ description: "a separate account that gets a copy of every recovery point of the alternate's vault, in its region" }),
});
export type BackupSettings = z.infer<typeof backupSchema>;

export const objectivesSchema = z.strictObject({
  rpoHours: z
    .number()
    .positive()
    .max(8_760)
    .meta({ description: "the contingency plan's recovery point objective, by which the backup is judged" }),
});
