import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { automatedBackupWith, automatedBackupsOf, describeAutomatedBackup, type AutomatedBackup } from './automated-backup.js';
import { dropBackups, mustBeRetained } from './keep-backups.js';
import { filtered, paged } from './listing.js';

export const automatedBackups = {
  DescribeDBInstanceAutomatedBackups: (input, ctx) => {
    accept('rds.DescribeDBInstanceAutomatedBackups', input, [
      'DbiResourceId',
      'DBInstanceIdentifier',
      'DBInstanceAutomatedBackupsArn',
      'Filters',
      'MaxRecords',
      'Marker',
    ]);
    const named = [...automatedBackupsOf(ctx).values()].filter(
      ({ arn, of }) =>
        (input.DBInstanceAutomatedBackupsArn === undefined || arn === input.DBInstanceAutomatedBackupsArn) &&
        (input.DbiResourceId === undefined || of.DbiResourceId === input.DbiResourceId) &&
        (input.DBInstanceIdentifier === undefined || of.DBInstanceIdentifier === input.DBInstanceIdentifier.toLowerCase()),
    );
    const asked = input.DBInstanceAutomatedBackupsArn ?? input.DbiResourceId ?? input.DBInstanceIdentifier;
    if (named.length === 0 && asked !== undefined)
      throw new AwsError('DBInstanceAutomatedBackupNotFoundFault', `DBInstanceAutomatedBackup ${asked} not found.`);
    const { items, next } = paged(
      filtered(named, input.Filters, {
        status: ({ status }) => [status],
        'db-instance-id': ({ of }) => [of.DBInstanceIdentifier, of.DBInstanceArn],
        'dbi-resource-id': ({ of }) => [of.DbiResourceId],
      }),
      input,
    );
    return { DBInstanceAutomatedBackups: items.map((backup) => describeAutomatedBackup(ctx, backup)), Marker: next };
  },

  DeleteDBInstanceAutomatedBackup: async (input, ctx) => {
    accept('rds.DeleteDBInstanceAutomatedBackup', input, ['DbiResourceId', 'DBInstanceAutomatedBackupsArn']);
    const backup = wanted(ctx, input);
    mustBeRetained(backup);
    const described = describeAutomatedBackup(ctx, backup);
    await dropBackups(ctx, backup.of.DbiResourceId);
    return { DBInstanceAutomatedBackup: { ...described, Status: 'deleting' } };
  },
} satisfies Operations<typeof RDS>;

const wanted = (ctx: Context, { DbiResourceId: id, DBInstanceAutomatedBackupsArn: arn }: RDS.DeleteDBInstanceAutomatedBackupMessage) =>
  automatedBackupWith(ctx, arn ?? automatedBackupsOf(ctx).get(id ?? '')?.arn ?? id) satisfies AutomatedBackup;
