import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { addVersion, bucketsOf, type Bucket, type NewVersion, type ObjectVersion } from './records.js';

/** Puts a version (or delete marker) on top, and has it replicated where the bucket says so. What was there before a rule stays where it is. */
export const writeVersion = (ctx: Context, bucket: Bucket, version: NewVersion): ObjectVersion => {
  const added = addVersion(ctx, bucket, version);
  for (const rule of rulesFor(bucket, added)) {
    if (!added.deleteMarker) added.replication = 'PENDING';
    ctx
      .operation(`s3.replicate/${bucket.name}`)
      .after(ctx.takes('s3.replicate-object'), `replicate ${bucket.name}/${added.key}`, (then) => replicate(then, bucket, added, rule));
  }
  return added;
};

/** One rule for each destination, that of the highest priority (S3 user guide, "Replication configuration file elements"). */
const rulesFor = ({ replication }: Bucket, version: ObjectVersion): S3.ReplicationRule[] => {
  const applying = (replication?.Rules ?? [])
    .filter(({ Status, Filter, Prefix }) => Status === 'Enabled' && version.key.startsWith(Filter?.Prefix ?? Prefix ?? ''))
    .filter(({ DeleteMarkerReplication }) => !version.deleteMarker || DeleteMarkerReplication?.Status === 'Enabled')
    .filter((rule) => !version.encryption.SSEKMSKeyId || rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled')
    .sort((one, other) => (other.Priority ?? 0) - (one.Priority ?? 0));
  return applying.filter(
    ({ Destination }, index) => applying.findIndex((rule) => rule.Destination?.Bucket === Destination?.Bucket) === index,
  );
};

/**
 * Happens in the source's region: once that is lost nothing more leaves it. A destination that is lost is waited for.
 * A role or key that cannot be used ends it as FAILED, as AWS says of objects it is not allowed to replicate.
 */
const replicate = async (ctx: Context, source: Bucket, version: ObjectVersion, rule: S3.ReplicationRule): Promise<void> => {
  const target = bucketsOf(ctx).get(rule.Destination!.Bucket!.replace('arn:aws:s3:::', ''));
  const deleted = !source.objects.get(version.key)?.includes(version);
  if (!target || deleted) return end(version, 'FAILED');
  const there = ctx.at({ region: target.region });
  if (ctx.regionIsLost(target.region)) {
    // An event of a lost region waits until that is back; the source may be gone by then.
    there.after(0, `replicate ${source.name}/${version.key}`, (back) =>
      back.at({ region: source.region }).after(0, 'and from there', (again) => replicate(again, source, version, rule)),
    );
    return;
  }
  const key = rule.Destination?.EncryptionConfiguration?.ReplicaKmsKeyID;
  if (!(await mayReplicate(ctx, source)) || !(await keyIsUsable(there, key))) return end(version, 'FAILED');
  const encryption = version.deleteMarker || key === undefined ? version.encryption : { ...version.encryption, SSEKMSKeyId: key };
  putReplica(target, { ...version, encryption, tags: [...version.tags], replication: version.deleteMarker ? undefined : 'REPLICA' });
  end(version, 'COMPLETED');
};

/** Under its own version id and time, among the versions that are there already. */
const putReplica = (target: Bucket, replica: ObjectVersion): void => {
  const held = (target.objects.get(replica.key) ?? []).filter(({ versionId }) => versionId !== replica.versionId);
  const older = held.findIndex(({ lastModified }) => lastModified <= replica.lastModified);
  target.objects.set(replica.key, held.toSpliced(older < 0 ? held.length : older, 0, replica));
};

const end = (version: ObjectVersion, status: S3.ReplicationStatus): void => {
  if (!version.deleteMarker) version.replication = status;
};

const mayReplicate = (ctx: Context, { replication, name }: Bucket): Promise<boolean> =>
  answers(ctx, 'sts', 'AssumeRole', { RoleArn: replication?.Role, RoleSessionName: `s3-replication-${name}`.slice(0, 64) });

const keyIsUsable = async (ctx: Context, KeyId: string | undefined): Promise<boolean> =>
  KeyId === undefined || answers(ctx, 'kms', 'DescribeKey', { KeyId }, ({ KeyMetadata }) => KeyMetadata?.KeyState === 'Enabled');

const answers = (
  ctx: Context,
  service: string,
  operation: string,
  input: object,
  holds: (output: { KeyMetadata?: { KeyState: string } }) => boolean = () => true,
): Promise<boolean> =>
  ctx
    .onBehalf('s3')
    .call<{ KeyMetadata?: { KeyState: string } }>(service, operation, input)
    .then(holds, (error: unknown) => {
      if (error instanceof AwsError) return false;
      throw error;
    });
