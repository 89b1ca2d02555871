import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * Keeps the journals of recoveries to this site, where operators share them. Versioned, and able to lock what is written: a recovery locks
 * its entries when it writes them. Everything else here is overwritten often, and its old versions are of no use for long.
 */
export class JournalBucket extends Bucket {
  constructor(scope: Construct, id: string, { bucketName }: { readonly bucketName: string }) {
    super(scope, id, {
      bucketName,
      versioned: true,
      objectLockEnabled: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'What is written here is itself the log of recoveries: chained, versioned and locked',
    });
  }
}
