import { GetRecoveryPointRestoreMetadataCommand } from '@aws-sdk/client-backup';
import type { StepContext } from './define-step.js';

/** What a database was like, as far as a restore has to be told; keys and values as AWS Backup takes them. */
type Shape = Readonly<Record<string, string>>;
const shapeKeys = ['DBInstanceClass', 'Engine', 'StorageType', 'Port', 'MultiAZ', 'DeletionProtection'];

/**
 * Everything RestoreDBInstanceFromDBSnapshot would otherwise default (single-AZ, default groups, no protection); AWS Backup takes its
 * parameters as metadata (Backup developer guide, "Restoring an RDS database"). The key is the recovery point's: this site's.
 * Storage and backup retention are the snapshot's; AWS Backup documents no way to say otherwise for retention.
 * `database` null: the site's own, whose shape was written down; any other is restored as its recovery point says that it was.
 */
export const restoreOrder = async (
  ctx: StepContext,
  { recoveryPointArn, instance, database }: { recoveryPointArn: string; instance: string; database: string | null },
): Promise<Record<string, string>> => {
  const { site, facts } = ctx.targets;
  const shape = database === null ? writtenShape(ctx) : await backedUpShape(ctx, recoveryPointArn);
  return {
    DBInstanceIdentifier: instance,
    ...shape,
    DBSubnetGroupName: site.subnetGroup,
    VpcSecurityGroupIds: JSON.stringify([site.databaseSecurityGroup]),
    // A parameter group is good for one engine; of any other RDS takes its default.
    ...(shape['Engine'] === facts.database.engine ? { DBParameterGroupName: site.databaseParameterGroup } : {}),
    PubliclyAccessible: 'false',
    AutoMinorVersionUpgrade: 'false',
    CopyTagsToSnapshot: 'true',
  };
};

const writtenShape = ({ targets: { facts } }: StepContext): Shape => ({
  DBInstanceClass: facts.database.instanceClass,
  Engine: facts.database.engine,
  StorageType: facts.database.storageType,
  Port: String(facts.database.port),
  MultiAZ: String(facts.database.multiAz),
  DeletionProtection: String(facts.database.deletionProtection),
  ...(facts.database.logExports?.length ? { EnableCloudwatchLogsExports: JSON.stringify(facts.database.logExports) } : {}),
});

const backedUpShape = async ({ aws, to, targets }: StepContext, RecoveryPointArn: string): Promise<Shape> => {
  const asked = new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: targets.site.vault, RecoveryPointArn });
  const { RestoreMetadata = {} } = await aws.backup(to.region).send(asked);
  return Object.fromEntries(Object.entries(RestoreMetadata).filter(([key]) => shapeKeys.includes(key)));
};
