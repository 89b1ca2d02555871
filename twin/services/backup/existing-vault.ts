import type { ListBackupVaultsCommandOutput } from '@aws-sdk/client-backup';
import type { ExistingResource } from '../service.js';

/** What `Fn::GetAtt` answers of a vault. */
export const vaultAttributes = (name: string, arn: string | undefined) => ({ BackupVaultArn: arn, BackupVaultName: name });

/** A vault that is there already. */
export const existingVault: ExistingResource = {
  identifiedBy: 'BackupVaultName',
  read: async (BackupVaultName, ctx) => {
    // Describing does not tell a missing vault from a forbidden one.
    const { BackupVaultList } = await ctx.call<ListBackupVaultsCommandOutput>('backup', 'ListBackupVaults', {});
    const found = BackupVaultList?.find((vault) => vault.BackupVaultName === BackupVaultName);
    if (!found) return undefined;
    const properties = { BackupVaultName, EncryptionKeyArn: found.EncryptionKeyArn };
    return { properties, attributes: vaultAttributes(BackupVaultName, found.BackupVaultArn) };
  },
};
