import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { becomeAvailable } from './availability.js';
import { filtered, paged } from './listing.js';
import { mustAllowSnapshot } from './quotas.js';
import {
  checkIdentifier,
  databaseKey,
  instanceNamed,
  invalidValue,
  mustBeAvailable,
  rdsArn,
  snapshotKey,
  snapshotNamed,
  snapshotsOf,
  stillThere,
  tagsOf,
  type InstanceRecord,
  type SnapshotRecord,
} from './records.js';

/** Nothing is shared or public in the twin. */
const snapshotTypes = ['automated', 'manual', 'shared', 'public', 'awsbackup'];

export const snapshots = {
  CreateDBSnapshot: async (input, ctx) => {
    accept('rds.CreateDBSnapshot', input, ['DBInstanceIdentifier', 'DBSnapshotIdentifier', 'Tags']);
    const record = instanceNamed(ctx, input.DBInstanceIdentifier);
    if (record.replicaOf) {
      throw new AwsError('NotModelled', `NotModelled: a snapshot of the read replica ${record.view.DBInstanceIdentifier}`, { status: 501 });
    }
    mustBeAvailable(
      record,
      `Cannot create a snapshot because the database instance ${record.view.DBInstanceIdentifier} is not currently in the available state.`,
    );
    const snapshot = await takeSnapshot(ctx, record, { ...ofCaller(ctx, input.DBSnapshotIdentifier), tags: input.Tags ?? [] });
    record.view.DBInstanceStatus = 'backing-up';
    return { DBSnapshot: describeSnapshot(ctx, snapshot) };
  },

  DescribeDBSnapshots: (input, ctx) => {
    accept('rds.DescribeDBSnapshots', input, [
      'DBInstanceIdentifier',
      'DBSnapshotIdentifier',
      'SnapshotType',
      'DbiResourceId',
      'MaxRecords',
      'Marker',
      'Filters',
    ]);
    if (input.SnapshotType !== undefined && !snapshotTypes.includes(input.SnapshotType))
      throw invalidValue(`Invalid snapshot type: ${input.SnapshotType}. Must be one of ${snapshotTypes.join(', ')}`);
    const all =
      input.DBSnapshotIdentifier === undefined ? [...snapshotsOf(ctx).values()] : [snapshotNamed(ctx, input.DBSnapshotIdentifier)];
    const wanted = all.filter(
      ({ view }) =>
        (input.DBInstanceIdentifier === undefined || view.DBInstanceIdentifier === input.DBInstanceIdentifier.toLowerCase()) &&
        (input.SnapshotType === undefined || view.SnapshotType === input.SnapshotType) &&
        (input.DbiResourceId === undefined || view.DbiResourceId === input.DbiResourceId),
    );
    const { items, next } = paged(filtered(wanted, input.Filters, filters), input);
    return { DBSnapshots: items.map((record) => describeSnapshot(ctx, record)), Marker: next };
  },

  DeleteDBSnapshot: async (input, ctx) => {
    const record = snapshotNamed(ctx, input.DBSnapshotIdentifier);
    const { view } = record;
    if (view.Status !== 'available')
      throw new AwsError(
        'InvalidDBSnapshotStateFault',
        `Cannot delete the snapshot because it is not in available state: it is ${view.Status}.`,
      );
    if (view.SnapshotType === 'automated')
      throw new AwsError('InvalidDBSnapshotStateFault', `Only manual snapshots may be deleted: ${view.DBSnapshotIdentifier} is automated.`);
    if (view.SnapshotType === 'awsbackup' && ctx.caller.via !== 'backup') {
      throw new AwsError(
        'InvalidDBSnapshotStateFault',
        `The snapshot ${view.DBSnapshotIdentifier} is managed by AWS Backup and can be deleted there only.`,
      );
    }
    snapshotsOf(ctx).delete(view.DBSnapshotIdentifier);
    tagsOf(ctx).delete(view.DBSnapshotArn);
    await ctx.dataplane.databases.deleteSnapshot(snapshotKey(ctx, view.DBSnapshotIdentifier));
    return { DBSnapshot: { ...structuredClone(view), Status: 'deleted' } };
  },
} satisfies Operations<typeof RDS>;

/** AWS Backup names its snapshots `awsbackup:…`; nobody else may use a colon. */
export const ofCaller = (ctx: Context, id: string | undefined): { id: string; type: string } => {
  const byBackup = ctx.caller.via === 'backup' && (id ?? '').startsWith('awsbackup:');
  return byBackup ? { id: id!, type: 'awsbackup' } : { id: checkIdentifier('DBSnapshotIdentifier', id, 255), type: 'manual' };
};

/** @throws AwsError DBSnapshotAlreadyExistsFault */
export const mustBeFree = (ctx: Context, id: string): void => {
  if (snapshotsOf(ctx).has(id)) {
    throw new AwsError(
      'DBSnapshotAlreadyExistsFault',
      `Cannot create the snapshot because a snapshot with the identifier ${id} already exists.`,
    );
  }
};

interface Order {
  readonly id: string;
  readonly type: string;
  readonly tags: readonly RDS.Tag[];
  /** Drawn from the table of durations unless given. */
  readonly seconds?: number;
  /** Called when the snapshot is available. */
  readonly done?: () => void;
}

/** The bytes are taken now: SnapshotCreateTime is this moment, however long the snapshot then takes to become available. */
export const takeSnapshot = async (
  ctx: Context,
  { view: of, port }: InstanceRecord,
  { id, type, tags, ...asked }: Order,
): Promise<SnapshotRecord> => {
  mustBeFree(ctx, id);
  mustAllowSnapshot(ctx, type);
  const { bytes } = await ctx.dataplane.databases.snapshot(databaseKey(ctx, of.DbiResourceId), snapshotKey(ctx, id));
  const seconds = asked.seconds ?? ctx.takes('rds.create-snapshot');
  const record: SnapshotRecord = {
    databaseName: of.DBName,
    instanceClass: of.DBInstanceClass,
    began: ctx.now(),
    seconds,
    view: {
      DBSnapshotIdentifier: id,
      DBSnapshotArn: rdsArn(ctx, 'snapshot', id),
      DBInstanceIdentifier: of.DBInstanceIdentifier,
      DbiResourceId: of.DbiResourceId,
      SnapshotCreateTime: ctx.date(),
      OriginalSnapshotCreateTime: ctx.date(),
      SnapshotDatabaseTime: ctx.date(),
      InstanceCreateTime: of.InstanceCreateTime,
      Engine: of.Engine,
      EngineVersion: of.EngineVersion,
      LicenseModel: of.LicenseModel,
      AllocatedStorage: of.AllocatedStorage,
      StorageType: of.StorageType,
      Iops: of.Iops,
      Status: 'creating',
      Port: port,
      AvailabilityZone: of.AvailabilityZone,
      VpcId: of.DBSubnetGroup?.VpcId,
      MasterUsername: of.MasterUsername,
      SnapshotType: type,
      OptionGroupName: of.OptionGroupMemberships?.[0]?.OptionGroupName,
      Encrypted: of.StorageEncrypted,
      KmsKeyId: of.KmsKeyId,
      IAMDatabaseAuthenticationEnabled: false,
      BackupRetentionPeriod: of.BackupRetentionPeriod,
      PreferredBackupWindow: of.PreferredBackupWindow,
      SnapshotTarget: 'region',
      FullSnapshotSizeInBytes: bytes,
    },
  };
  snapshotsOf(ctx).set(id, record);
  const inherited = of.CopyTagsToSnapshot || type === 'awsbackup' ? (tagsOf(ctx).get(of.DBInstanceArn) ?? []) : [];
  tagsOf(ctx).set(record.view.DBSnapshotArn, tags.length > 0 ? [...tags] : inherited);
  ctx.after(seconds, `rds: snapshot ${id} is there`, (then) => {
    record.view.Status = 'available';
    asked.done?.();
    const instance = stillThere(then, of.DbiResourceId);
    if (instance?.view.DBInstanceStatus === 'backing-up') becomeAvailable(then, instance);
  });
  return record;
};

export const describeSnapshot = (ctx: Context, { view, began, seconds }: SnapshotRecord): RDS.DBSnapshot => ({
  ...structuredClone(view),
  PercentProgress: view.Status === 'available' ? 100 : Math.min(99, Math.floor((ctx.now() - began) / (seconds * 10))),
  TagList: tagsOf(ctx).get(view.DBSnapshotArn) ?? [],
});

const filters: Readonly<Record<string, (record: SnapshotRecord) => readonly (string | undefined)[]>> = {
  'db-instance-id': ({ view }) => [view.DBInstanceIdentifier],
  'db-snapshot-id': ({ view }) => [view.DBSnapshotIdentifier],
  'dbi-resource-id': ({ view }) => [view.DbiResourceId],
  'snapshot-type': ({ view }) => [view.SnapshotType],
  engine: ({ view }) => [view.Engine],
};
