import { ListRecoveryPointsByBackupVaultCommand, type RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import { byName } from '../by-name.js';
import { everyPage } from '../every-page.js';
import type { Look } from '../look.js';

/** Recovery points in a vault, by the ARN of what they are of: of one thing, or, where several are looked for, of all at once. */
export const recoveryPoints = (vault: string): Look<readonly RecoveryPointByBackupVault[]> => ({
  of: `backup:recovery-points in ${vault}`,
  most: Infinity,
  ask: async (arns, region, aws) => {
    const ByResourceArn = arns.length === 1 ? arns[0] : undefined;
    const points = await everyPage(async (NextToken) => {
      const asked = { BackupVaultName: vault, ByResourceArn, MaxResults: 1000, NextToken };
      const page = await aws.backup(region).send(new ListRecoveryPointsByBackupVaultCommand(asked));
      return { items: page.RecoveryPoints, next: page.NextToken };
    });
    return byName(points, ({ ResourceArn }) => ResourceArn);
  },
});
