import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Holds the fence's epoch, written conditionally. Versioned, so that who raised it and when stays on record. */
export class WitnessBucket extends Bucket {
  constructor(scope: Construct, id: string, { bucketName }: { readonly bucketName: string }) {
    super(scope, id, {
      bucketName,
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'One object, whose versions are the record of who raised the epoch; a log would need a second bucket in the witness region',
    });
  }
}
