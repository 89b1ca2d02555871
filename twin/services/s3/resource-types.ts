import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { lifecycleRules } from './lifecycle-property.js';
import { replicationInput } from './replication-property.js';
import { readSettings } from './read-settings.js';

const bucketProperties = [
  'BucketName',
  'AccessControl',
  'BucketEncryption',
  'LifecycleConfiguration',
  'ObjectLockConfiguration',
  'ObjectLockEnabled',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'ReplicationConfiguration',
  'Tags',
  'VersioningConfiguration',
];

const isTrue = (property: unknown): boolean => property === true || property === 'true';

const encryptionInput = (property: unknown) => {
  const rules = (property as { ServerSideEncryptionConfiguration: Record<string, unknown>[] }).ServerSideEncryptionConfiguration;
  return {
    Rules: rules.map(({ ServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
      ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
      BucketKeyEnabled: isTrue(BucketKeyEnabled),
    })),
  };
};
const booleans = (property: unknown): Record<string, boolean> =>
  Object.fromEntries(Object.entries(property as Record<string, unknown>).map(([name, value]) => [name, isTrue(value)]));

/** Brings every setting to what the properties say; a setting that `previous` had and they have not goes back to its default. */
const configure = async (ctx: Context, Bucket: string, wanted: ResourceProperties, previous: ResourceProperties): Promise<void> => {
  const set = (operation: string, input: object): Promise<unknown> => ctx.call('s3', operation, { Bucket, ...input });
  const dropped = (name: string): boolean => wanted[name] === undefined && previous[name] !== undefined;
  if (wanted.BucketEncryption)
    await set('PutBucketEncryption', { ServerSideEncryptionConfiguration: encryptionInput(wanted.BucketEncryption) });
  if (dropped('BucketEncryption')) await set('DeleteBucketEncryption', {});
  if (wanted.PublicAccessBlockConfiguration) {
    await set('PutPublicAccessBlock', { PublicAccessBlockConfiguration: booleans(wanted.PublicAccessBlockConfiguration) });
  }
  if (dropped('PublicAccessBlockConfiguration')) await set('DeletePublicAccessBlock', {});
  if (wanted.VersioningConfiguration) await set('PutBucketVersioning', { VersioningConfiguration: wanted.VersioningConfiguration });
  if (dropped('VersioningConfiguration')) await set('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
  if (wanted.ObjectLockConfiguration) await set('PutObjectLockConfiguration', { ObjectLockConfiguration: wanted.ObjectLockConfiguration });
  if (wanted.OwnershipControls) await set('PutBucketOwnershipControls', { OwnershipControls: wanted.OwnershipControls });
  if (dropped('OwnershipControls')) await set('DeleteBucketOwnershipControls', {});
  if (wanted.LifecycleConfiguration) {
    await set('PutBucketLifecycleConfiguration', { LifecycleConfiguration: { Rules: lifecycleRules(wanted.LifecycleConfiguration) } });
  }
  if (dropped('LifecycleConfiguration')) await set('DeleteBucketLifecycle', {});
  if (wanted.ReplicationConfiguration) {
    await set('PutBucketReplication', { ReplicationConfiguration: replicationInput(wanted.ReplicationConfiguration) });
  }
  if (dropped('ReplicationConfiguration')) await set('DeleteBucketReplication', {});
  if (wanted.Tags) await set('PutBucketTagging', { Tagging: { TagSet: wanted.Tags } });
  if (dropped('Tags')) await set('DeleteBucketTagging', {});
};

const check = (properties: ResourceProperties): void => {
  acceptProperties('AWS::S3::Bucket', properties, bucketProperties);
  if (properties.AccessControl !== undefined && properties.AccessControl !== 'Private') {
    throw new AwsError('AccessControlListNotSupported', "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting", {
      status: 400,
    });
  }
};
const attributes = (name: string, region: string) => ({
  Arn: `arn:aws:s3:::${name}`,
  DomainName: `${name}.s3.amazonaws.com`,
  RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
  WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
});
const unlessGone = async (deletion: Promise<unknown>): Promise<void> => {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof AwsError && error.code === 'NoSuchBucket')) throw error;
  });
};

const bucketResource: ResourceType = {
  type: 'AWS::S3::Bucket',
  replacedOn: ['BucketName', 'ObjectLockEnabled'],
  holdsData: true,
  create: async (properties, ctx, names) => {
    check(properties);
    const Bucket = (properties.BucketName as string | undefined) ?? names.generated(63).toLowerCase();
    const location = ctx.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: ctx.region } };
    const locks = isTrue(properties.ObjectLockEnabled) ? { ObjectLockEnabledForBucket: true } : {};
    await ctx.call('s3', 'CreateBucket', { Bucket, ...location, ...locks });
    try {
      await configure(ctx, Bucket, properties, {});
    } catch (error) {
      await ctx.call('s3', 'DeleteBucket', { Bucket });
      throw error;
    }
    return { physicalId: Bucket, attributes: attributes(Bucket, ctx.region) };
  },
  update: async (Bucket, properties, previous, ctx) => {
    check(properties);
    await configure(ctx, Bucket, properties, previous);
    return { physicalId: Bucket, attributes: attributes(Bucket, ctx.region) };
  },
  delete: (Bucket, _properties, ctx) => unlessGone(ctx.call('s3', 'DeleteBucket', { Bucket })),
  existing: {
    identifiedBy: 'BucketName',
    read: async (BucketName, ctx) => {
      const { BucketRegion: region } = await ctx.call<{ BucketRegion: string }>('s3', 'HeadBucket', { Bucket: BucketName });
      if (region !== ctx.region) return undefined;
      return { properties: { BucketName, ...(await readSettings(ctx, BucketName)) }, attributes: attributes(BucketName, region) };
    },
  },
};

const policyText = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));
const putPolicy = async (ctx: Context, properties: ResourceProperties): Promise<void> => {
  acceptProperties('AWS::S3::BucketPolicy', properties, ['Bucket', 'PolicyDocument']);
  await ctx.call('s3', 'PutBucketPolicy', { Bucket: properties.Bucket, Policy: policyText(properties.PolicyDocument) });
};

const bucketPolicyResource: ResourceType = {
  type: 'AWS::S3::BucketPolicy',
  replacedOn: ['Bucket'],
  create: async (properties, ctx) => {
    await putPolicy(ctx, properties);
    return { physicalId: String(properties.Bucket) };
  },
  update: async (physicalId, properties, _previous, ctx) => {
    await putPolicy(ctx, properties);
    return { physicalId };
  },
  delete: (Bucket, _properties, ctx) => unlessGone(ctx.call('s3', 'DeleteBucketPolicy', { Bucket })),
};

/** CloudFormation types that S3 backs. */
export const resourceTypes: readonly ResourceType[] = [bucketResource, bucketPolicyResource];
