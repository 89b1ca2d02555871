import type { DBInstance, DBParameterGroup, DBSnapshot, DBSubnetGroup, Parameter, Tag } from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { DataKey } from '../../world/dataplane.js';
import { regional } from '../../world/state.js';
import { freshId, upperAlphanumeric } from '../fresh-id.js';

export type Instance = DBInstance & {
  DBInstanceIdentifier: string;
  DBInstanceArn: string;
  DbiResourceId: string;
  DBInstanceStatus: string;
  MasterUsername: string;
  Engine: string;
  EngineVersion: string;
  BackupRetentionPeriod: number;
};
export interface InstanceRecord {
  readonly view: Instance;
  /** Where the database listens, once its endpoint exists. */
  address: string | undefined;
  readonly port: number;
  /** The database it replicates, until it is promoted. */
  replicaOf: DataKey | undefined;
  /** Whether its automated backups outlive it, once it is being deleted. */
  keepsBackups: boolean;
  /** What begins when the instance is `available` next. */
  readonly waiting: ((ctx: Context) => void)[];
}
export type Snapshot = DBSnapshot & { DBSnapshotIdentifier: string; DBSnapshotArn: string; Status: string; SnapshotCreateTime: Date };
export interface SnapshotRecord {
  readonly view: Snapshot;
  /** Of the instance it was taken from; RDS keeps them and shows them nowhere. */
  readonly databaseName: string | undefined;
  readonly instanceClass: string | undefined;
  /** World time it began and is expected to take, for PercentProgress. */
  readonly began: number;
  readonly seconds: number;
}
export interface ParameterGroupRecord {
  readonly view: DBParameterGroup & { DBParameterGroupName: string; DBParameterGroupFamily: string; DBParameterGroupArn: string };
  readonly set: Map<string, Parameter>;
}

const instanceState = regional('rds.instances', () => new Map<string, InstanceRecord>());
const snapshotState = regional('rds.snapshots', () => new Map<string, SnapshotRecord>());
const subnetGroupState = regional(
  'rds.subnet-groups',
  () => new Map<string, DBSubnetGroup & { DBSubnetGroupName: string; VpcId: string }>(),
);
const parameterGroupState = regional('rds.parameter-groups', () => new Map<string, ParameterGroupRecord>());
const tagState = regional('rds.tags', () => new Map<string, Tag[]>());

export const instancesOf = (ctx: Context) => ctx.state(instanceState);
export const snapshotsOf = (ctx: Context) => ctx.state(snapshotState);
export const subnetGroupsOf = (ctx: Context) => ctx.state(subnetGroupState);
export const parameterGroupsOf = (ctx: Context) => ctx.state(parameterGroupState);
/** Tags by ARN. */
export const tagsOf = (ctx: Context) => ctx.state(tagState);

export const rdsArn = (ctx: Context, kind: 'db' | 'snapshot' | 'subgrp' | 'pg' | 'auto-backup', id: string): string =>
  `arn:aws:rds:${ctx.region}:${ctx.account}:${kind}:${id}`;

export const newResourceId = (ctx: Context): string => `db-${freshId(ctx, 'rds.resource', 26, upperAlphanumeric)}`;

/** Snapshots and databases are two name spaces in AWS and one in the data plane. */
export const databaseKey = (ctx: Context, resourceId: string): DataKey => ({ account: ctx.account, region: ctx.region, id: resourceId });
export const snapshotKey = (ctx: Context, id: string): DataKey => ({
  account: ctx.account,
  region: ctx.region,
  id: `snapshot-${id.replace(':', '-')}`,
});

const nameOf = (id: string | undefined): string => (id?.startsWith('arn:') ? id.split(':').slice(6).join(':') : (id ?? '')).toLowerCase();

/** @throws AwsError DBInstanceNotFoundFault */
export const instanceNamed = (ctx: Context, id: string | undefined): InstanceRecord => {
  const found = instancesOf(ctx).get(nameOf(id));
  if (!found) throw new AwsError('DBInstanceNotFoundFault', `DBInstance ${nameOf(id)} not found.`);
  return found;
};
/** @throws AwsError DBSnapshotNotFoundFault */
export const snapshotNamed = (ctx: Context, id: string | undefined): SnapshotRecord => {
  const found = snapshotsOf(ctx).get(nameOf(id));
  if (!found) throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${id} not found.`);
  return found;
};
/** @throws AwsError DBSubnetGroupNotFoundFault */
export const subnetGroupNamed = (ctx: Context, name: string | undefined) => {
  const found = subnetGroupsOf(ctx).get(nameOf(name));
  if (!found) throw new AwsError('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`);
  return found;
};

/** The record an event was scheduled for, if it still is the same instance. */
export const stillThere = (ctx: Context, resourceId: string): InstanceRecord | undefined =>
  [...instancesOf(ctx).values()].find(({ view }) => view.DbiResourceId === resourceId);

/** @throws AwsError ServiceUnavailable: what RDS here asks RDS there. */
export const mustReach = (ctx: Context, region: string): Context => {
  if (!ctx.regionIsLost(region)) return ctx.at({ region });
  throw new AwsError('ServiceUnavailable', `The source region ${region} cannot be reached.`, { status: 503, fault: 'server' });
};

/** @throws AwsError InvalidDBInstanceStateFault */
export const mustBeAvailable = (record: InstanceRecord, message = 'Database instance is not in available state.'): void => {
  if (record.view.DBInstanceStatus !== 'available') throw new AwsError('InvalidDBInstanceStateFault', message);
};

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValue', message, { status: 400 });
export const invalidCombination = (message: string): AwsError => new AwsError('InvalidParameterCombination', message, { status: 400 });
export const badMarker = (): AwsError => invalidValue('Invalid or expired marker.');

/** @throws AwsError as RDS refuses identifiers of instances, snapshots and groups. */
export const checkIdentifier = (parameter: string, id: string | undefined, most: number): string => {
  const name = (id ?? '').toLowerCase();
  if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > most) {
    throw invalidValue(
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, ` +
        'digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
    );
  }
  return name;
};
