import type {
  GetBucketEncryptionCommandOutput,
  GetBucketTaggingCommandOutput,
  GetBucketVersioningCommandOutput,
  GetPublicAccessBlockCommandOutput,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceProperties } from '../service.js';

/** A bucket's settings as the properties of `AWS::S3::Bucket`; those that were never made are `undefined`. */
export const readSettings = async (ctx: Context, Bucket: string): Promise<ResourceProperties> => {
  const ask = <Output>(operation: string): Promise<Output> => ctx.call<Output>('s3', operation, { Bucket });
  const versioning = await ask<GetBucketVersioningCommandOutput>('GetBucketVersioning');
  const encryption = await ask<GetBucketEncryptionCommandOutput>('GetBucketEncryption');
  const access = await unlessUnset(ask<GetPublicAccessBlockCommandOutput>('GetPublicAccessBlock'), 'NoSuchPublicAccessBlockConfiguration');
  const tagging = await unlessUnset(ask<GetBucketTaggingCommandOutput>('GetBucketTagging'), 'NoSuchTagSet');
  return {
    VersioningConfiguration: versioning.Status === undefined ? undefined : { Status: versioning.Status },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: encryption.ServerSideEncryptionConfiguration?.Rules?.map(
        ({ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
          ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
          BucketKeyEnabled,
        }),
      ),
    },
    PublicAccessBlockConfiguration: access?.PublicAccessBlockConfiguration,
    Tags: tagging?.TagSet,
  };
};

const unlessUnset = <T>(asked: Promise<T>, code: string): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof AwsError && error.code === code) return undefined;
    throw error;
  });
