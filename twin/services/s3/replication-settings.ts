import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { reach, reachToConfigure } from './access.js';
import { bucketsOf, type Bucket } from './records.js';

const refused = (message: string): AwsError => new AwsError('InvalidRequest', message, { status: 400 });

/** What is replicated where: a bucket's replication configuration. */
export const replicationSettings = {
  PutBucketReplication: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutReplicationConfiguration');
    const { Role, Rules } = need(input.ReplicationConfiguration, 'ReplicationConfiguration', 'MalformedXML');
    need(Role, 'Role', 'MalformedXML');
    if (bucket.versioning !== 'Enabled') throw refused("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
    for (const rule of need(Rules, 'Rules', 'MalformedXML')) checkRule(ctx, bucket, rule);
    bucket.replication = structuredClone({ Role, Rules });
    return {};
  },
  GetBucketReplication: (input, ctx) => {
    const { replication } = reach(ctx, input.Bucket, 's3:GetReplicationConfiguration');
    if (replication) return { ReplicationConfiguration: structuredClone(replication) };
    throw new AwsError('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', { status: 404 });
  },
  DeleteBucketReplication: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutReplicationConfiguration').replication = undefined;
    return {};
  },
} satisfies Operations<typeof S3>;

/** @throws AwsError for a destination that is not there or not versioned, and NotModelled for what no replica here would show. */
const checkRule = (ctx: Context, source: Bucket, rule: S3.ReplicationRule): void => {
  accept('s3 replication rule', rule, [
    'ID',
    'Priority',
    'Prefix',
    'Filter',
    'Status',
    'DeleteMarkerReplication',
    'SourceSelectionCriteria',
    'Destination',
  ]);
  accept('s3 replication filter', rule.Filter ?? {}, ['Prefix']);
  accept('s3 replication source', rule.SourceSelectionCriteria ?? {}, ['SseKmsEncryptedObjects']);
  const destination = need(rule.Destination, 'Destination', 'MalformedXML');
  accept('s3 replication destination', destination, ['Bucket', 'EncryptionConfiguration', 'ReplicationTime', 'Metrics']);
  if (destination.ReplicationTime && !destination.Metrics)
    throw refused('Replication metrics must be enabled with replication time control.');
  const held = bucketsOf(ctx).get(destination.Bucket?.replace('arn:aws:s3:::', '') ?? '');
  if (!held) throw refused('Destination bucket must exist.');
  if (held === source) throw refused('Destination bucket cannot be the same as the source bucket.');
  if (held.versioning !== 'Enabled') throw refused('Destination bucket must have versioning enabled.');
};
