import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { invalid, liveSecret, ownSecret, refused, secretsOf, type SecretRecord } from './records.js';
import { checkKey } from './secret-key.js';

/** Replicas of secrets in other regions (Secrets Manager user guide, "Replicate secrets across Regions"). */
export const replication = {
  ReplicateSecretToRegions: (input, ctx) => {
    accept('secrets-manager.ReplicateSecretToRegions', input, ['SecretId', 'AddReplicaRegions', 'ForceOverwriteReplicaSecret']);
    const secret = ownSecret(ctx, input.SecretId);
    if (!input.AddReplicaRegions?.length) throw invalid('AddReplicaRegions must have at least one region.');
    replicateTo(ctx, secret, input.AddReplicaRegions, input.ForceOverwriteReplicaSecret);
    return { ARN: secret.arn, ...replicationOf(secret) };
  },

  RemoveRegionsFromReplication: (input, ctx) => {
    const secret = ownSecret(ctx, input.SecretId);
    for (const region of input.RemoveReplicaRegions ?? []) {
      if (!secret.replicas.delete(region)) throw invalid(`The secret ${secret.name} is not replicated to ${region}.`);
      if (!ctx.regionIsLost(region) && replicaIn(ctx, secret, region)) secretsOf(ctx.at({ region })).delete(secret.name);
    }
    return { ARN: secret.arn, ...replicationOf(secret) };
  },

  /** Called where the replica is; needs nothing of the primary's region, and so works when that is lost. */
  StopReplicationToReplica: (input, ctx) => {
    const secret = liveSecret(ctx, input.SecretId);
    if (secret.primaryRegion === undefined)
      throw refused('Operation not permitted on a primary secret; call it in the region of a replica.');
    const primary = secretsOf(ctx.at({ region: secret.primaryRegion })).get(secret.name);
    if (primary?.arn === arnIn(secret, secret.primaryRegion)) primary.replicas.delete(ctx.region);
    secret.primaryRegion = undefined;
    return { ARN: secret.arn };
  },
} satisfies Operations<typeof SecretsManager>;

/** What answers say of a secret that has replicas or is one. */
export const replicationOf = ({ primaryRegion, replicas, arn }: SecretRecord) => {
  if (primaryRegion === undefined && replicas.size === 0) return {};
  return { PrimaryRegion: primaryRegion ?? regionOf(arn), ReplicationStatus: [...replicas.values()].map((status) => ({ ...status })) };
};

/** @throws AwsError InvalidRequestException: replicas have to be removed from the replication, or made secrets of their own, before. */
export const mayBeDeleted = ({ name, primaryRegion, replicas }: SecretRecord): void => {
  if (replicas.size > 0)
    throw refused(`You can't delete secret ${name} that still has replica regions [${[...replicas.keys()].join(', ')}]`);
  if (primaryRegion !== undefined) throw refused(`You can't delete secret ${name}: it is a replica of the one in ${primaryRegion}.`);
};

export const replicateTo = (
  ctx: Context,
  secret: SecretRecord,
  regions: readonly SecretsManager.ReplicaRegionType[],
  overwrites: boolean | undefined,
): void => {
  for (const { Region, KmsKeyId } of regions) {
    if (Region === undefined || Region === ctx.region) throw invalid(`${Region} cannot be a replica region of a secret in ${ctx.region}.`);
    secret.replicas.set(Region, { Region, KmsKeyId, Status: 'InProgress' });
    const held = ctx.regionIsLost(Region) ? undefined : secretsOf(ctx.at({ region: Region })).get(secret.name);
    if (held && held.arn !== arnIn(secret, Region)) {
      if (overwrites) secretsOf(ctx.at({ region: Region })).delete(secret.name);
      else fail(secret, Region, `Replication failed: Secret name simple conflict: a secret named ${secret.name} exists in ${Region}.`);
    }
  }
  replicateLater(ctx, secret);
};

/** What the secret is by then goes to every replica. An event of the primary's region: once that is lost, replicas stay what they are. */
export const replicateLater = (ctx: Context, secret: SecretRecord): void => {
  if (secret.replicas.size === 0) return;
  ctx
    .operation(`secrets-manager.replicate/${secret.arn}`)
    .after(ctx.takes('secrets-manager.replicate'), `replicate secret ${secret.name}`, async (then) => {
      for (const { Region, Status, StatusMessage } of [...secret.replicas.values()])
        if (Status !== 'Failed' || !StatusMessage?.includes('conflict')) await bring(then, secret, Region);
    });
};

const bring = async (ctx: Context, secret: SecretRecord, region: string): Promise<void> => {
  const status = secret.replicas.get(region);
  if (!status || secret.deleted) return;
  if (ctx.regionIsLost(region)) return fail(secret, region, `Replication failed: ${region} cannot be reached.`);
  const there = ctx.at({ region });
  try {
    await checkKey(there, status.KmsKeyId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return fail(secret, region, `Replication failed: ${error.message}`);
  }
  const before = replicaIn(ctx, secret, region);
  secretsOf(there).set(secret.name, {
    ...secret,
    arn: arnIn(secret, region),
    kmsKeyId: status.KmsKeyId,
    accessed: before?.accessed,
    tags: [...secret.tags],
    policy: before?.policy,
    primaryRegion: ctx.region,
    replicas: new Map(),
    versions: new Map([...secret.versions].map(([id, version]) => [id, { ...version, stages: new Set(version.stages) }])),
  });
  secret.replicas.set(region, { Region: region, KmsKeyId: status.KmsKeyId, Status: 'InSync' });
};

const fail = (secret: SecretRecord, region: string, StatusMessage: string): void => {
  const status = secret.replicas.get(region);
  if (status) secret.replicas.set(region, { ...status, Status: 'Failed', StatusMessage });
};

/** A replica has its primary's ARN, but for the region. */
const arnIn = ({ arn }: SecretRecord, region: string): string => arn.replace(`:${regionOf(arn)}:`, `:${region}:`);
const regionOf = (arn: string): string => arn.split(':')[3]!;
const replicaIn = (ctx: Context, secret: SecretRecord, region: string): SecretRecord | undefined => {
  const held = secretsOf(ctx.at({ region })).get(secret.name);
  return held?.primaryRegion === regionOf(secret.arn) && held.arn === arnIn(secret, region) ? held : undefined;
};
