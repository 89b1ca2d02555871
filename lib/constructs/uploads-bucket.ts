import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface UploadsBucketProps {
  readonly bucketName: string;
  readonly key: IKey;
  /** Bucket of the other site and its key there, by ARN; absent where nothing is replicated from here. */
  readonly replicateTo?: { readonly bucketArn: string; readonly keyArn: string; readonly roleName: string };
}

/**
 * What customers upload: versioned, under the site's key, and in the other site within a quarter of an hour (S3 Replication Time Control's
 * promise). Versions that were overwritten or deleted stay a month: a mistake is replicated too.
 */
export class UploadsBucket extends Bucket {
  constructor(scope: Construct, id: string, { bucketName, key, replicateTo }: UploadsBucketProps) {
    super(scope, id, {
      bucketName,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'The application alone reads and writes here, and logs each request itself; a trail with data events is where others would show',
    });
    if (replicateTo) this.replicate(bucketName, key, replicateTo);
  }

  /** Not by `replicationRules`: those take a bucket and a key of another stack, which would be a reference across regions. */
  private replicate(bucketName: string, key: IKey, to: NonNullable<UploadsBucketProps['replicateTo']>): void {
    const role = new Role(this, 'Replication', {
      roleName: to.roleName,
      description: 'S3 copies uploads to the other site with this',
      assumedBy: new ServicePrincipal('s3.amazonaws.com'),
    });
    const [source, keys] = [`arn:aws:s3:::${bucketName}`, `${to.keyArn.replace(/:alias\/.*$/, '')}:key/*`];
    for (const statement of replicating(source, key, keys, to)) role.addToPolicy(statement);
    Validations.of(role).acknowledge(
      ...[`${source}/*`, `${to.bucketArn}/*`].map((objects) => ({
        id: `AwsSolutions-IAM5[Resource::${objects}]`,
        reason: 'Every object of these two buckets is replicated, whatever its key',
      })),
      {
        id: `AwsSolutions-IAM5[Resource::${keys}]`,
        reason: "One key by its alias, the condition says: the other site's, whose id is not known here",
      },
    );
    const minutes = 15;
    (this.node.defaultChild as CfnBucket).replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'to-the-other-site',
          status: 'Enabled',
          priority: 1,
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Enabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: to.bucketArn,
            encryptionConfiguration: { replicaKmsKeyId: to.keyArn },
            replicationTime: { status: 'Enabled', time: { minutes } },
            metrics: { status: 'Enabled', eventThreshold: { minutes } },
          },
        },
      ],
    };
  }
}

/** As the S3 user guide lists them under "Setting up permissions for live replication" and "Replicating encrypted objects". */
const replicating = (source: string, key: IKey, keys: string, to: NonNullable<UploadsBucketProps['replicateTo']>): PolicyStatement[] => [
  new PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [source] }),
  new PolicyStatement({
    actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    resources: [`${source}/*`],
  }),
  new PolicyStatement({ actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], resources: [`${to.bucketArn}/*`] }),
  new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }),
  new PolicyStatement({
    actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
    resources: [keys],
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': to.keyArn.replace(/^.*:(?=alias\/)/, '') } },
  }),
];
