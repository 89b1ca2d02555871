import { homesStand } from '../../recovery/simulation/standing/data.js';
import type { RecoveryWorld } from './recovery-world.js';

/** A database of the right shape in frankfurt, as a restore leaves it. */
export const restoredRuns = async (world: RecoveryWorld, changes: object = {}): Promise<string> => {
  const { here } = await homesStand(world);
  const { database } = world.targets.facts;
  const DBInstanceIdentifier = 'example-frankfurt-db-1';
  await world.call('rds', 'CreateDBInstance', {
    DBInstanceIdentifier,
    DBName: database.name,
    Engine: database.engine,
    EngineVersion: database.engineVersion,
    DBInstanceClass: database.instanceClass,
    AllocatedStorage: database.allocatedStorageGiB,
    StorageType: database.storageType,
    StorageEncrypted: true,
    KmsKeyId: here.keyArn,
    MasterUsername: database.username,
    MasterUserPassword: 'dublins-own-password',
    DBSubnetGroupName: here.DBSubnetGroupName,
    VpcSecurityGroupIds: [here.GroupId],
    DBParameterGroupName: here.DBParameterGroupName,
    BackupRetentionPeriod: database.backupRetentionDays,
    PubliclyAccessible: false,
    CopyTagsToSnapshot: true,
    AutoMinorVersionUpgrade: false,
    DeletionProtection: true,
    EnableCloudwatchLogsExports: database.logExports,
    ...changes,
  });
  await world.pass(3600);
  return DBInstanceIdentifier;
};
