import type * as S3 from '@aws-sdk/client-s3';
import { AwsError } from '../../wire/aws-error.js';
import { need } from '../members.js';
import type { Operations } from '../service.js';
import { accessDenied, checkOwner, reach, reachToConfigure } from './access.js';
import { isPublic } from './public-access.js';
import type { Bucket } from './records.js';

const policyOf = (bucket: Bucket): string => {
  if (bucket.policy === undefined) {
    throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { status: 404, fields: { BucketName: bucket.name } });
  }
  return bucket.policy;
};

const checkPolicy = (policy: string, bucket: Bucket): void => {
  const malformed = (why: string): AwsError => new AwsError('MalformedPolicy', why, { status: 400 });
  let parsed: { Statement?: unknown };
  try {
    parsed = JSON.parse(policy) as { Statement?: unknown };
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const statements = (Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement]) as (
    { Resource?: string | string[] } | undefined
  )[];
  for (const statement of statements) {
    if (statement === undefined) throw malformed('Missing required field Statement');
    for (const resource of [statement.Resource ?? []].flat()) {
      if (resource !== `arn:aws:s3:::${bucket.name}` && !resource.startsWith(`arn:aws:s3:::${bucket.name}/`)) {
        throw malformed('Policy has invalid resource');
      }
    }
  }
};

export const bucketPolicy = {
  PutBucketPolicy: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketPolicy');
    checkOwner(bucket, input.ExpectedBucketOwner);
    const policy = need(input.Policy, 'Policy', 'MissingRequestBodyError');
    checkPolicy(policy, bucket);
    if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublic(policy)) {
      throw accessDenied(
        `User: ${ctx.caller.principalArn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      );
    }
    bucket.policy = policy;
    return {};
  },
  GetBucketPolicy: (input, ctx) => ({ Policy: policyOf(reach(ctx, input.Bucket, 's3:GetBucketPolicy')) }),
  GetBucketPolicyStatus: (input, ctx) => ({
    PolicyStatus: { IsPublic: isPublic(policyOf(reach(ctx, input.Bucket, 's3:GetBucketPolicyStatus'))) },
  }),
  DeleteBucketPolicy: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:DeleteBucketPolicy').policy = undefined;
    return {};
  },
  PutPublicAccessBlock: (input, ctx) => {
    const bucket = reachToConfigure(ctx, input.Bucket, 's3:PutBucketPublicAccessBlock');
    const wanted = need(input.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration', 'MalformedXML');
    bucket.publicAccessBlock = {
      BlockPublicAcls: wanted.BlockPublicAcls ?? false,
      IgnorePublicAcls: wanted.IgnorePublicAcls ?? false,
      BlockPublicPolicy: wanted.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: wanted.RestrictPublicBuckets ?? false,
    };
    return {};
  },
  GetPublicAccessBlock: (input, ctx) => {
    const { publicAccessBlock } = reach(ctx, input.Bucket, 's3:GetBucketPublicAccessBlock');
    if (!publicAccessBlock) {
      throw new AwsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', { status: 404 });
    }
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },
  DeletePublicAccessBlock: (input, ctx) => {
    reachToConfigure(ctx, input.Bucket, 's3:PutBucketPublicAccessBlock').publicAccessBlock = undefined;
    return {};
  },
} satisfies Operations<typeof S3>;
