import type { DBInstance, Tag } from '@aws-sdk/client-rds';
import { forceTls } from './force-tls.js';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { DataKey } from '../../world/dataplane.js';
import type { DurationName } from '../../world/durations.js';
import { plainCopy } from '../../world/state.js';
import { automatedBackupsOf, restoreWindow } from './automated-backup.js';
import { becomeAvailable } from './availability.js';
import { familyOf } from './engines.js';
import { beginBackups } from './keep-backups.js';
import { defaultGroup, parameterGroupNamed } from './parameter-groups.js';
import type { Placement } from './placement.js';
import { replicationOf } from './replication-status.js';
import { mustAllowInstance, mustAllowStorage } from './quotas.js';
import {
  checkIdentifier,
  instancesOf,
  invalidCombination,
  invalidValue,
  newResourceId,
  rdsArn,
  stillThere,
  tagsOf,
  type InstanceRecord,
} from './records.js';

/** RDS endpoints' hosted zones, as `DescribeDBInstances` shows them; other regions answer none. */
const hostedZones: Readonly<Record<string, string>> = {
  'us-east-1': 'Z2R2ITUGPM61AM',
  'us-west-2': 'Z1PVIF0B656C1W',
  'eu-west-1': 'Z29XKXDKYMONMX',
  'eu-west-2': 'Z1TTGA775OQIYO',
  'eu-west-3': 'ZMESEXB7ZGGQ3',
  'eu-central-1': 'Z1RLNUO7B9Q6NB',
};

/**
 * The first half hour of each region's eight-hour block (user guide, "Backup window"), where AWS takes one at random.
 * What somebody names instead is kept.
 */
const backupWindows: Readonly<Record<string, string>> = {
  'us-east-1': '03:00-03:30',
  'us-west-2': '06:00-06:30',
  'eu-west-1': '22:00-22:30',
  'eu-west-2': '22:00-22:30',
  'eu-west-3': '07:29-07:59',
  'eu-central-1': '20:00-20:30',
  'eu-north-1': '23:00-23:30',
};

export interface Launch {
  readonly id: string;
  readonly port: number;
  readonly parameterGroup: string | undefined;
  readonly tags: readonly Tag[];
  readonly placement: Placement;
  readonly view: DBInstance & { MasterUsername: string; Engine: string; EngineVersion: string; BackupRetentionPeriod: number };
  readonly takes: DurationName;
  /** The database it is to replicate. */
  readonly replicaOf?: DataKey;
  /** Brings up the real database at its address; or says in which status the instance is stuck instead. */
  readonly start: (ctx: Context, record: InstanceRecord & { address: string; hostname: string }) => Promise<string | undefined>;
}

/**
 * The name a new instance may have.
 * @throws AwsError DBInstanceAlreadyExistsFault, InstanceQuotaExceededFault
 */
export const freeIdentifier = (ctx: Context, id: string | undefined): string => {
  const name = checkIdentifier('DBInstanceIdentifier', id, 63);
  if (instancesOf(ctx).has(name)) throw new AwsError('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  mustAllowInstance(ctx);
  return name;
};

/** Puts the record there as `creating`; the database comes up when the modelled time has passed. */
export const launch = (ctx: Context, asked: Launch): DBInstance => {
  mustAllowStorage(ctx, asked.view.AllocatedStorage ?? 0);
  const resourceId = newResourceId(ctx);
  const { id, view, placement } = asked;
  const record: InstanceRecord = {
    port: asked.port,
    address: undefined,
    replicaOf: asked.replicaOf,
    keepsBackups: false,
    waiting: [],
    view: {
      AutoMinorVersionUpgrade: true,
      CopyTagsToSnapshot: false,
      DeletionProtection: false,
      PreferredBackupWindow: backupWindows[ctx.region] ?? '03:00-03:30',
      PreferredMaintenanceWindow: 'sun:04:00-sun:04:30',
      CACertificateIdentifier: 'rds-ca-rsa2048-g1',
      NetworkType: 'IPV4',
      BackupTarget: 'region',
      LicenseModel: 'postgresql-license',
      IAMDatabaseAuthenticationEnabled: false,
      MonitoringInterval: 0,
      PerformanceInsightsEnabled: false,
      DBSecurityGroups: [],
      ReadReplicaDBInstanceIdentifiers: [],
      AssociatedRoles: [],
      DomainMemberships: [],
      OptionGroupMemberships: [{ OptionGroupName: `default:${view.Engine}-${view.EngineVersion.split('.')[0]}`, Status: 'in-sync' }],
      ...view,
      ...placement,
      DBParameterGroups: [
        { DBParameterGroupName: groupFor(ctx, view.EngineVersion, asked.parameterGroup), ParameterApplyStatus: 'in-sync' },
      ],
      DBInstanceIdentifier: id,
      DBInstanceArn: rdsArn(ctx, 'db', id),
      DbiResourceId: resourceId,
      DbInstancePort: 0,
      DBInstanceStatus: 'creating',
      PendingModifiedValues: {},
    },
  };
  instancesOf(ctx).set(id, record);
  tagsOf(ctx).set(record.view.DBInstanceArn, [...asked.tags]);
  ctx.after(ctx.takes(asked.takes), `rds: ${id} comes up`, (then) => comeUp(then, resourceId, asked));
  return describe(ctx, record);
};

const comeUp = async (ctx: Context, resourceId: string, { start }: Launch): Promise<void> => {
  const record = stillThere(ctx, resourceId);
  if (!record) return;
  const address = ctx.dataplane.network.allocateAddress(ctx.region);
  const hostname = `${record.view.DBInstanceIdentifier}.${endpointHash(ctx)}.${ctx.region}.rds.amazonaws.com`;
  const stuck = await start(ctx, Object.assign(record, { address, hostname }));
  if (stuck !== undefined) {
    record.view.DBInstanceStatus = stuck;
    return;
  }
  await forceTls(ctx, record);
  ctx.dataplane.network.announce(hostname, [address]);
  record.view.Endpoint = { Address: hostname, Port: record.port, HostedZoneId: hostedZones[ctx.region] };
  record.view.InstanceCreateTime = ctx.date();
  if (record.view.BackupRetentionPeriod > 0) await beginBackups(ctx, record);
  else becomeAvailable(ctx, record);
};

/** The same for all instances of an account in a region, as in AWS. */
const endpointHash = (ctx: Context): string => `c${ctx.chance.stream(`rds.endpoint/${ctx.account}/${ctx.region}`).hex(11)}`;

/** @throws AwsError DBParameterGroupNotFoundFault, InvalidParameterCombination */
export const groupFor = (ctx: Context, version: string, asked: string | undefined): string => {
  const family = familyOf(version);
  const { view } = asked === undefined ? defaultGroup(ctx, family) : parameterGroupNamed(ctx, asked);
  if (view.DBParameterGroupFamily === family) return view.DBParameterGroupName;
  throw invalidCombination(
    `The parameter group ${view.DBParameterGroupName} with DBParameterGroupFamily ${view.DBParameterGroupFamily} can't be used for this ` +
      `instance. Please use a parameter group with DBParameterGroupFamily ${family}`,
  );
};

/** @throws AwsError InvalidParameterValue */
export const checkRetention = (days: number): number => {
  if (Number.isInteger(days) && days >= 0 && days <= 35) return days;
  throw invalidValue(`Invalid backup retention period: ${days}. Must be between 0 and 35.`);
};
export const checkPort = (port: number): number => {
  if (Number.isInteger(port) && port >= 1150 && port <= 65_535) return port;
  throw invalidValue(`Invalid port: ${port}. Must be between 1150 and 65535.`);
};

/** An instance as Describe shows it now. */
export const describe = (ctx: Context, record: InstanceRecord): DBInstance => {
  const { view } = record;
  const backup = automatedBackupsOf(ctx).get(view.DbiResourceId);
  const window = backup && restoreWindow(ctx, backup);
  return {
    ...plainCopy(view),
    ...replicationOf(ctx, record),
    TagList: tagsOf(ctx).get(view.DBInstanceArn) ?? [],
    ...(window && { LatestRestorableTime: new Date(window.latest) }),
  };
};
