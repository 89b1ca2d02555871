import type { StandingWorld } from './standing-world.js';

const { stringify } = JSON;
const trust = (service: string): string =>
  stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });

interface HomeNames {
  readonly databases: string;
  readonly parameters: string;
  readonly vault: string;
}

/** A network in `region` with two zones, and in it a home for databases: subnet group, parameter group, security group, key, vault. */
const homeIn = async (world: StandingWorld, region: string, names: HomeNames) => {
  const call = <Output>(service: string, operation: string, input: object) => world.call<Output>(service, operation, input, region);
  const { Vpc } = await call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const SubnetIds = [];
  for (const [at, zone] of ['a', 'b'].entries()) {
    const input = { VpcId: Vpc.VpcId, CidrBlock: `10.0.${at}.0/24`, AvailabilityZone: `${region}${zone}` };
    SubnetIds.push((await call<{ Subnet: { SubnetId: string } }>('ec2', 'CreateSubnet', input)).Subnet.SubnetId);
  }
  const group = { GroupName: names.databases, Description: 'databases', VpcId: Vpc.VpcId };
  const { GroupId } = await call<{ GroupId: string }>('ec2', 'CreateSecurityGroup', group);
  const DBSubnetGroupName = names.databases;
  await call('rds', 'CreateDBSubnetGroup', { DBSubnetGroupName, DBSubnetGroupDescription: 'isolated', SubnetIds });
  const DBParameterGroupName = names.parameters;
  await call('rds', 'CreateDBParameterGroup', { DBParameterGroupName, DBParameterGroupFamily: 'postgres18', Description: 'ours' });
  const { KeyMetadata } = await call<{ KeyMetadata: { Arn: string } }>('kms', 'CreateKey', {});
  const vault = { BackupVaultName: names.vault, EncryptionKeyArn: KeyMetadata.Arn };
  const { BackupVaultArn } = await call<{ BackupVaultArn: string }>('backup', 'CreateBackupVault', vault);
  return { GroupId, DBSubnetGroupName, DBParameterGroupName, keyArn: KeyMetadata.Arn, BackupVaultArn };
};

/** The home of databases at the site recovered to, its secret and its restore role, as targets name them; and the other site's home, not yet lost. */
export const homesStand = async (world: StandingWorld) => {
  const { facts, site } = world.targets;
  const lost = facts.vault.replace(/-vault$/, '');
  const there = await homeIn(world, world.from.region, {
    databases: `${lost}-databases`,
    parameters: `${lost}-parameters`,
    vault: facts.vault,
  });
  const here = await homeIn(world, world.to.region, {
    databases: site.subnetGroup,
    parameters: site.databaseParameterGroup,
    vault: site.vault,
  });
  const RoleName = site.restoreRoleArn.split('/').at(-1);
  await world.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust('backup.amazonaws.com') });
  await world.pass(120);
  const SecretString = stringify({ username: facts.database.username, password: `${site.site}s-own-password` });
  const { ARN } = await world.call<{ ARN: string }>('secrets-manager', 'CreateSecret', {
    Name: `${site.cluster}-database`,
    SecretString,
    KmsKeyId: here.keyArn,
  });
  world.targets.site = { ...site, keyArn: here.keyArn, secretArn: ARN, databaseSecurityGroup: here.GroupId };
  return { there, here };
};

/** Production's database, running. */
export const productionRuns = async (world: StandingWorld) => {
  const homes = await homesStand(world);
  const { database, site } = world.targets.facts;
  await world.call(
    'rds',
    'CreateDBInstance',
    {
      DBInstanceIdentifier: database.identifier,
      DBName: database.name,
      Engine: database.engine,
      EngineVersion: database.engineVersion,
      DBInstanceClass: database.instanceClass,
      AllocatedStorage: database.allocatedStorageGiB,
      StorageType: database.storageType,
      StorageEncrypted: true,
      KmsKeyId: homes.there.keyArn,
      MasterUsername: database.username,
      MasterUserPassword: `${site}s-own-password`,
      DBSubnetGroupName: homes.there.DBSubnetGroupName,
      VpcSecurityGroupIds: [homes.there.GroupId],
      DBParameterGroupName: homes.there.DBParameterGroupName,
      BackupRetentionPeriod: database.backupRetentionDays,
      MultiAZ: database.multiAz,
      CopyTagsToSnapshot: true,
      AutoMinorVersionUpgrade: false,
      DeletionProtection: true,
    },
    world.from.region,
  );
  await world.pass(3600);
  return homes;
};

/** One backup of production, copied to the vault of the site recovered to or not; answers when its data was taken. */
export const backedUp = async (world: StandingWorld, copyTo: string | null): Promise<string> => {
  const { facts, site } = world.targets;
  const region = world.from.region;
  const ResourceArn = `arn:aws:rds:${facts.region}:${facts.account}:db:${facts.database.identifier}`;
  const job = { BackupVaultName: facts.vault, ResourceArn, IamRoleArn: site.restoreRoleArn };
  const { BackupJobId } = await world.call<{ BackupJobId: string }>('backup', 'StartBackupJob', job, region);
  await world.pass(900);
  const { RecoveryPointArn } = await world.call<{ RecoveryPointArn: string }>('backup', 'DescribeBackupJob', { BackupJobId }, region);
  const snapshots = await world.call<{ DBSnapshots: { SnapshotCreateTime: Date }[] }>(
    'rds',
    'DescribeDBSnapshots',
    { DBSnapshotIdentifier: RecoveryPointArn },
    region,
  );
  if (copyTo !== null) {
    const copy = {
      RecoveryPointArn,
      SourceBackupVaultName: facts.vault,
      DestinationBackupVaultArn: copyTo,
      IamRoleArn: site.restoreRoleArn,
    };
    await world.call('backup', 'StartCopyJob', copy, region);
    await world.pass(1800);
  }
  return snapshots.DBSnapshots[0]!.SnapshotCreateTime.toISOString();
};

export interface InstanceNow {
  readonly DBInstanceIdentifier: string;
  readonly DBInstanceStatus: string;
  readonly [attribute: string]: unknown;
}
/** DB instances at the site recovered to. */
export const instancesNow = async (world: StandingWorld): Promise<InstanceNow[]> =>
  (await world.call<{ DBInstances: InstanceNow[] }>('rds', 'DescribeDBInstances')).DBInstances;
