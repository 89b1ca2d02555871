import type { BackupJob, CopyJob, DescribeRestoreJobOutput, RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { DBSnapshot } from '@aws-sdk/client-rds';
import { databaseWorld, role } from './database-world.js';

const minutes = 60;
export const vaultArn = (region: string) => `arn:aws:backup:${region}:111122223333:backup-vault:safe`;

/** A database, and a vault in its region and in another. */
export const backupWorld = async (database: object = {}) => {
  const world = await databaseWorld();
  const { call, pass } = world;
  for (const region of ['eu-west-1', 'eu-central-1']) await call('backup', 'CreateBackupVault', { BackupVaultName: 'safe' }, region);
  const { DBInstanceArn: resource } = await world.database('orders', { StorageEncrypted: true, ...database });
  const backupJob = async (id: string) => call<BackupJob>('backup', 'DescribeBackupJob', { BackupJobId: id });
  const copyJob = async (id: string) => (await call<{ CopyJob: CopyJob }>('backup', 'DescribeCopyJob', { CopyJobId: id })).CopyJob;
  return {
    ...world,
    resource: resource!,
    backupJob,
    copyJob,
    startBackup: async (more: object = {}) =>
      (
        await call<{ BackupJobId: string }>('backup', 'StartBackupJob', {
          BackupVaultName: 'safe',
          ResourceArn: resource,
          IamRoleArn: role,
          ...more,
        })
      ).BackupJobId,
    startCopy: async (point: string, more: object = {}) =>
      (
        await call<{ CopyJobId: string }>('backup', 'StartCopyJob', {
          RecoveryPointArn: point,
          SourceBackupVaultName: 'safe',
          DestinationBackupVaultArn: vaultArn('eu-central-1'),
          IamRoleArn: role,
          ...more,
        })
      ).CopyJobId,
    /** A completed recovery point. */
    async point(): Promise<string> {
      const id = await this.startBackup();
      await pass(15 * minutes);
      return (await backupJob(id)).RecoveryPointArn!;
    },
    /** A completed copy in the other region. */
    async copy(): Promise<string> {
      const id = await this.startCopy(await this.point());
      await pass(30 * minutes);
      return (await copyJob(id)).DestinationRecoveryPointArn!;
    },
    points: async (region: string, by: object = {}) =>
      (
        await call<{ RecoveryPoints: RecoveryPointByBackupVault[] }>(
          'backup',
          'ListRecoveryPointsByBackupVault',
          { BackupVaultName: 'safe', ...by },
          region,
        )
      ).RecoveryPoints,
    snapshot: async (id: string, region: string) =>
      (await call<{ DBSnapshots: DBSnapshot[] }>('rds', 'DescribeDBSnapshots', { DBSnapshotIdentifier: id }, region)).DBSnapshots[0]!,
    restore: (point: string, metadata: object, more: object = {}, region = 'eu-central-1') =>
      call<{ RestoreJobId: string }>(
        'backup',
        'StartRestoreJob',
        {
          RecoveryPointArn: point,
          IamRoleArn: role,
          ResourceType: 'RDS',
          Metadata: { DBInstanceIdentifier: 'restored', DBSubnetGroupName: 'private', ...metadata },
          ...more,
        },
        region,
      ),
    restoreJob: (id: string) => call<DescribeRestoreJobOutput>('backup', 'DescribeRestoreJob', { RestoreJobId: id }, 'eu-central-1'),
  };
};

/** The states a look gives while time passes, each once. */
export const seen = async <T>(
  world: { pass: (seconds: number) => Promise<number> },
  seconds: number,
  look: () => Promise<T>,
): Promise<T[]> => {
  const states: T[] = [];
  for (let passed = 0; passed < seconds; passed += 5) {
    const now = await look();
    if (states.at(-1) !== now) states.push(now);
    await world.pass(5);
  }
  return states;
};
