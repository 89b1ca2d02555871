import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { checkOwner, reach, reachToConfigure } from './access.js';
import { found } from './objects.js';
import { versionIdIn } from './records.js';
import { checkDeletable, checkedRetention, invalidRequest } from './retention.js';

export const objectLockSettings = {
  PutObjectLockConfiguration: (input, ctx) => {
    accept('s3.PutObjectLockConfiguration', input, [
      'Bucket',
      'ObjectLockConfiguration',
      'ExpectedBucketOwner',
      'RequestPayer',
      'ContentMD5',
      'ChecksumAlgorithm',
    ]);
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketObjectLockConfiguration');
    checkOwner(bucket, input.ExpectedBucketOwner);
    if (bucket.versioning !== 'Enabled')
      throw new AwsError('InvalidBucketState', "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration", {
        status: 409,
      });
    const { ObjectLockEnabled, Rule } = need(input.ObjectLockConfiguration, 'ObjectLockConfiguration', 'MalformedXML');
    if (ObjectLockEnabled !== 'Enabled') throw malformed();
    const { Mode, Days, Years } = Rule?.DefaultRetention ?? {};
    if (Rule && (Mode === undefined || (Days === undefined) === (Years === undefined))) throw malformed();
    bucket.objectLock = { ObjectLockEnabled, ...(Rule ? { Rule } : {}) };
    return {};
  },
  GetObjectLockConfiguration: (input, ctx) => {
    const { objectLock } = reach(ctx, input.Bucket, 's3:GetBucketObjectLockConfiguration');
    if (objectLock) return { ObjectLockConfiguration: objectLock };
    throw new AwsError('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket', { status: 404 });
  },
} satisfies Operations<typeof S3>;

export const objectRetention = {
  PutObjectRetention: (input, ctx) => {
    accept('s3.PutObjectRetention', input, [
      'Bucket',
      'Key',
      'VersionId',
      'Retention',
      'BypassGovernanceRetention',
      'ExpectedBucketOwner',
      'RequestPayer',
      'ContentMD5',
      'ChecksumAlgorithm',
    ]);
    const { bucket, version } = found(ctx, input, {}, 's3:PutObjectRetention');
    if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
    const { Mode: mode, RetainUntilDate } = need(input.Retention, 'Retention', 'MalformedXML');
    if (mode === undefined || RetainUntilDate === undefined) throw malformed();
    const next = checkedRetention(ctx, { mode, until: new Date(RetainUntilDate) });
    const { retention } = version;
    const loosens = retention && (next.until < retention.until || (retention.mode === 'COMPLIANCE' && next.mode !== 'COMPLIANCE'));
    if (loosens) checkDeletable(ctx, version, input.BypassGovernanceRetention);
    version.retention = next;
    return {};
  },
  GetObjectRetention: (input, ctx) => {
    const { bucket, version } = found(ctx, input, {}, 's3:GetObjectRetention');
    if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
    if (version.retention) return { Retention: { Mode: version.retention.mode, RetainUntilDate: version.retention.until } };
    throw new AwsError('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration', {
      status: 404,
      fields: { Key: version.key, ...versionIdIn(bucket, version) },
    });
  },
} satisfies Operations<typeof S3>;

const malformed = (): AwsError =>
  new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', {
    status: 400,
  });
