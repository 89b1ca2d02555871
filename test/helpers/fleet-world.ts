import type { Plan, Task } from '../../recovery/model/plan.js';
import { backupChooseRecoveryPoint } from '../../recovery/steps/backup-choose-recovery-point.js';
import { backupRestoreDatabase } from '../../recovery/steps/backup-restore-database.js';
import type { Step } from '../../recovery/kit/define-step.js';
import { recoveryWorld, type RecoveryWorld } from './recovery-world.js';
import { samplePlan } from './sample-plan.js';
import { productionRuns } from '../../recovery/simulation/standing/data.js';

/** Copies that RDS has under way to one region at a time. */
const copiesAtOnce = 20;

/** Dublin with so many databases, production's own the first, each with one copied backup; then dublin is lost. */
export const fleetLost = async (size: number): Promise<{ world: RecoveryWorld; databases: readonly string[] }> => {
  const world = recoveryWorld();
  const { here, there } = await productionRuns(world);
  const { facts, site } = world.targets;
  const dublin = <Output>(service: string, operation: string, input: object) =>
    world.call<Output>(service, operation, input, world.from.region);
  const others = Array.from({ length: size - 1 }, (_, at) => `example-dublin-tenant-${at + 1}`);
  for (const DBInstanceIdentifier of others)
    await dublin('rds', 'CreateDBInstance', {
      DBInstanceIdentifier,
      Engine: 'postgres',
      DBInstanceClass: 'db.m6g.large',
      AllocatedStorage: 20,
      StorageEncrypted: true,
      KmsKeyId: there.keyArn,
      MasterUsername: 'tenant',
      MasterUserPassword: 'tenants-own-password',
      DBSubnetGroupName: there.DBSubnetGroupName,
      VpcSecurityGroupIds: [there.GroupId],
      BackupRetentionPeriod: 0,
    });
  await world.pass(3600);
  const databases = [facts.database.identifier, ...others];
  const IamRoleArn = site.restoreRoleArn;
  const arn = (database: string): string => `arn:aws:rds:${facts.region}:${facts.account}:db:${database}`;
  const backups = [];
  for (const database of databases)
    backups.push(
      await dublin<{ BackupJobId: string }>('backup', 'StartBackupJob', {
        BackupVaultName: facts.vault,
        ResourceArn: arn(database),
        IamRoleArn,
      }),
    );
  await world.pass(1800);
  for (const [at, { BackupJobId }] of backups.entries()) {
    const { RecoveryPointArn } = await dublin<{ RecoveryPointArn: string }>('backup', 'DescribeBackupJob', { BackupJobId });
    const DestinationBackupVaultArn = here.BackupVaultArn;
    await dublin('backup', 'StartCopyJob', { RecoveryPointArn, SourceBackupVaultName: facts.vault, DestinationBackupVaultArn, IamRoleArn });
    if ((at + 1) % copiesAtOnce === 0 || at + 1 === backups.length) await world.pass(3600);
  }
  await world.loseDublin();
  return { world, databases };
};

const described = ({ uses, iam, expectedSeconds, limitSeconds }: Step): Partial<Task> => ({ uses, iam, expectedSeconds, limitSeconds });

/** As a runbook with `for: systems` comes out: for each database a recovery point is chosen, then restored. */
export const fleetPlan = (
  { targets }: RecoveryWorld,
  databases: readonly string[],
  isCritical: (database: string) => boolean = () => true,
): Plan => ({
  ...samplePlan(
    databases.flatMap((database) => [
      {
        ...described(backupChooseRecoveryPoint),
        id: `choose--${database}`,
        system: database,
        critical: isCritical(database),
        with: { database },
      },
      {
        ...described(backupRestoreDatabase),
        id: `restore--${database}`,
        system: database,
        critical: isCritical(database),
        needs: [`choose--${database}`],
        with: { database, recoveryPointArn: `\${choose--${database}.recoveryPointArn}` },
      },
    ]),
  ),
  targets,
});
