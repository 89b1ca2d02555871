import type { DBInstance } from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import { databaseKey, instancesOf, stillThere, type InstanceRecord } from './records.js';

/** What Describe says of a replica's replication, as of now. */
export const replicationOf = (ctx: Context, { view, replicaOf }: InstanceRecord): Pick<DBInstance, 'StatusInfos'> => {
  if (!replicaOf || view.Endpoint === undefined) return {};
  const info = (Normal: boolean, Status: string, Message?: string) => ({
    StatusInfos: [{ StatusType: 'read replication', Normal, Status, Message }],
  });
  if (ctx.regionIsLost(replicaOf.region)) return info(false, 'error', `The source region ${replicaOf.region} cannot be reached.`);
  if (!stillThere(ctx.at(replicaOf), replicaOf.id)) return info(false, 'terminated', 'The source DB instance was deleted.');
  return info(true, 'replicating');
};

/** How a source and a replica name each other: by identifier within a region, by ARN across regions. */
export const mutualName = (one: InstanceRecord, other: InstanceRecord): string => {
  const regionOf = ({ view }: InstanceRecord): string => view.DBInstanceArn.split(':')[3]!;
  return regionOf(one) === regionOf(other) ? one.view.DBInstanceIdentifier : one.view.DBInstanceArn;
};

/** The source, where it can be reached and still is. */
export const sourceOf = (ctx: Context, { replicaOf }: InstanceRecord): InstanceRecord | undefined =>
  replicaOf && !ctx.regionIsLost(replicaOf.region) ? stillThere(ctx.at(replicaOf), replicaOf.id) : undefined;

/** The replica is one no more, in its own record and in its source's. */
export const forgetSource = (ctx: Context, replica: InstanceRecord): void => {
  const source = sourceOf(ctx, replica);
  if (source) {
    const name = mutualName(replica, source);
    source.view.ReadReplicaDBInstanceIdentifiers = source.view.ReadReplicaDBInstanceIdentifiers?.filter((other) => other !== name);
  }
  replica.replicaOf = undefined;
  replica.view.ReadReplicaSourceDBInstanceIdentifier = undefined;
};

/**
 * Before an instance goes: a replica leaves its source; replicas of it in its region are promoted, those in other regions stay
 * replicas of nothing until somebody promotes them (user guide, "Deleting a DB instance" and "Cross-Region replication considerations").
 */
export const leaveReplication = async (ctx: Context, record: InstanceRecord): Promise<void> => {
  if (record.replicaOf) forgetSource(ctx, record);
  for (const replica of instancesOf(ctx).values()) {
    if (replica.replicaOf?.id !== record.view.DbiResourceId || replica.view.Endpoint === undefined) continue;
    await ctx.dataplane.databases.promote(databaseKey(ctx, replica.view.DbiResourceId));
    forgetSource(ctx, replica);
  }
};
