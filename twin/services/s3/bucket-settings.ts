import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { checkOwner, reach, reachToConfigure } from './access.js';

const missing = (code: string, message: string): AwsError => new AwsError(code, message, { status: 404 });
const malformed = (): AwsError =>
  new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', {
    status: 400,
  });

/** Settings of a bucket that are read and written whole. */
export const bucketSettings = {
  PutBucketVersioning: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketVersioning');
    checkOwner(bucket, input.ExpectedBucketOwner);
    const wanted = need(input.VersioningConfiguration, 'VersioningConfiguration', 'MalformedXML');
    accept('s3.PutBucketVersioning', wanted, ['Status', ...(wanted.MFADelete === 'Disabled' ? (['MFADelete'] as const) : [])]);
    if (wanted.Status === undefined) {
      throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified', { status: 400 });
    }
    if (bucket.objectLock && wanted.Status !== 'Enabled') {
      const why = 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.';
      throw new AwsError('InvalidBucketState', why, { status: 409 });
    }
    if (bucket.replication && wanted.Status !== 'Enabled') {
      const why = 'A replication configuration is present on this bucket, so the versioning state cannot be changed.';
      throw new AwsError('InvalidBucketState', why, { status: 409 });
    }
    bucket.versioning = wanted.Status;
    return {};
  },
  GetBucketVersioning: (input, ctx) => {
    const { versioning } = reach(ctx, input.Bucket, 's3:GetBucketVersioning');
    return versioning === undefined ? {} : { Status: versioning };
  },

  PutBucketEncryption: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutEncryptionConfiguration');
    const rules = input.ServerSideEncryptionConfiguration?.Rules ?? [];
    const algorithm = rules[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    if (rules.length !== 1 || algorithm === undefined) throw malformed();
    bucket.encryption = { Rules: rules };
    return {};
  },
  GetBucketEncryption: (input, ctx) => ({
    ServerSideEncryptionConfiguration: reach(ctx, input.Bucket, 's3:GetEncryptionConfiguration').encryption,
  }),
  DeleteBucketEncryption: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutEncryptionConfiguration');
    bucket.encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] };
    return {};
  },

  PutBucketOwnershipControls: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketOwnershipControls');
    bucket.ownership = need(input.OwnershipControls, 'OwnershipControls', 'MalformedXML');
    return {};
  },
  GetBucketOwnershipControls: (input, ctx) => {
    const { ownership } = reach(ctx, input.Bucket, 's3:GetBucketOwnershipControls');
    if (!ownership) throw missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found');
    return { OwnershipControls: ownership };
  },
  DeleteBucketOwnershipControls: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutBucketOwnershipControls').ownership = undefined;
    return {};
  },

  PutBucketTagging: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketTagging');
    bucket.tags = need(input.Tagging?.TagSet, 'TagSet', 'MalformedXML');
    return {};
  },
  GetBucketTagging: (input, ctx) => {
    const { tags } = reach(ctx, input.Bucket, 's3:GetBucketTagging');
    if (tags.length === 0) throw missing('NoSuchTagSet', 'The TagSet does not exist');
    return { TagSet: tags };
  },
  DeleteBucketTagging: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutBucketTagging').tags = [];
    return {};
  },

  PutBucketLifecycleConfiguration: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutLifecycleConfiguration');
    const rules = input.LifecycleConfiguration?.Rules ?? [];
    if (rules.length === 0 || rules.some(({ Status }) => Status === undefined)) throw malformed();
    bucket.lifecycle = rules;
    return {};
  },
  GetBucketLifecycleConfiguration: (input, ctx) => {
    const { lifecycle } = reach(ctx, input.Bucket, 's3:GetLifecycleConfiguration');
    if (!lifecycle) throw missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
    return { Rules: lifecycle, TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' as const };
  },
  DeleteBucketLifecycle: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutLifecycleConfiguration').lifecycle = undefined;
    return {};
  },

  /** Only the empty configuration: nothing would deliver the events of any other. */
  PutBucketNotificationConfiguration: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutBucketNotification');
    accept('s3.PutBucketNotificationConfiguration', input.NotificationConfiguration ?? {}, []);
    return {};
  },
  GetBucketNotificationConfiguration: (input, ctx) => {
    reach(ctx, input.Bucket, 's3:GetBucketNotification');
    return {};
  },
} satisfies Operations<typeof S3>;
