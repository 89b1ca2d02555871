import type { DBInstance, Tag } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { DurationName } from '../../world/durations.js';
import { becomeAvailable } from './availability.js';
import { familyOf } from './engines.js';
import { defaultGroup, parameterGroupNamed } from './parameter-groups.js';
import type { Placement } from './placement.js';
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

/** RDS quotas: "DB instances", 40 per region (adjustable). */
const quota = 40;

/** RDS endpoints' hosted zones, as `DescribeDBInstances` shows them; other regions answer none. */
const hostedZones: Readonly<Record<string, string>> = {
  'us-east-1': 'Z2R2ITUGPM61AM',
  'us-west-2': 'Z1PVIF0B656C1W',
  'eu-west-1': 'Z29XKXDKYMONMX',
  'eu-west-2': 'Z1TTGA775OQIYO',
  'eu-west-3': 'ZMESEXB7ZGGQ3',
  'eu-central-1': 'Z1RLNUO7B9Q6NB',
};

export interface Launch {
  readonly id: string;
  readonly port: number;
  readonly parameterGroup: string | undefined;
  readonly tags: readonly Tag[];
  readonly placement: Placement;
  readonly view: DBInstance & { MasterUsername: string; Engine: string; EngineVersion: string; BackupRetentionPeriod: number };
  readonly takes: DurationName;
  /** Brings up the real database at its address; or says in which status the instance is stuck instead. */
  readonly start: (ctx: Context, record: InstanceRecord & { address: string }) => Promise<string | undefined>;
}

/**
 * The name a new instance may have.
 * @throws AwsError DBInstanceAlreadyExistsFault, InstanceQuotaExceededFault
 */
export const freeIdentifier = (ctx: Context, id: string | undefined): string => {
  const name = checkIdentifier('DBInstanceIdentifier', id, 63);
  if (instancesOf(ctx).has(name)) throw new AwsError('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  if (instancesOf(ctx).size >= quota) throw new AwsError('InstanceQuotaExceededFault', `Cannot create more than ${quota} DB instances`);
  return name;
};

/** Puts the record there as `creating`; the database comes up when the modelled time has passed. */
export const launch = (ctx: Context, asked: Launch): DBInstance => {
  const resourceId = newResourceId(ctx);
  const { id, view, placement } = asked;
  const record: InstanceRecord = {
    port: asked.port,
    address: undefined,
    restorableSince: undefined,
    waiting: [],
    view: {
      AutoMinorVersionUpgrade: true,
      CopyTagsToSnapshot: false,
      DeletionProtection: false,
      PreferredBackupWindow: '03:00-03:30',
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
  const stuck = await start(ctx, Object.assign(record, { address }));
  if (stuck !== undefined) {
    record.view.DBInstanceStatus = stuck;
    return;
  }
  const hostname = `${record.view.DBInstanceIdentifier}.${endpointHash(ctx)}.${ctx.region}.rds.amazonaws.com`;
  ctx.dataplane.network.announce(hostname, [address]);
  record.view.Endpoint = { Address: hostname, Port: record.port, HostedZoneId: hostedZones[ctx.region] };
  record.view.InstanceCreateTime = ctx.date();
  if (record.view.BackupRetentionPeriod > 0) baselineBackup(ctx, record);
  else becomeAvailable(ctx, record);
};

/** The first backup, begun as soon as backups are on: `backing-up` until it is done (knowledge, finding 4). */
export const baselineBackup = (ctx: Context, { view }: InstanceRecord): void => {
  const began = ctx.now();
  view.DBInstanceStatus = 'backing-up';
  ctx.after(ctx.takes('rds.baseline-backup'), `rds: ${view.DBInstanceIdentifier} is backed up`, (then) => {
    const record = stillThere(then, view.DbiResourceId);
    if (record?.view.DBInstanceStatus !== 'backing-up') return;
    record.restorableSince = began;
    becomeAvailable(then, record);
  });
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
export const describe = (ctx: Context, { view, restorableSince }: InstanceRecord): DBInstance => {
  const fiveMinutes = 300_000;
  const latest = Math.floor(ctx.now() / fiveMinutes) * fiveMinutes;
  return {
    ...structuredClone(view),
    TagList: tagsOf(ctx).get(view.DBInstanceArn) ?? [],
    ...(restorableSince === undefined || view.BackupRetentionPeriod === 0
      ? {}
      : { LatestRestorableTime: new Date(Math.max(restorableSince, latest)) }),
  };
};
