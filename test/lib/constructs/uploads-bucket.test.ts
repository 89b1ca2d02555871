import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ThirdPartySecret } from '../../../lib/constructs/third-party-secret.js';
import { UploadsBucket } from '../../../lib/constructs/uploads-bucket.js';
import { bench } from '../production-templates.js';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:alias/shop-south';

test('uploads that are replicated nowhere are versioned, private, kept, and under the key of their site', () => {
  const { stack, template } = bench();
  new UploadsBucket(stack, 'Uploads', { bucketName: 'north-uploads', key: new Key(stack, 'Key') });
  template().hasResource('AWS::S3::Bucket', {
    UpdateReplacePolicy: 'Retain',
    Properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      ReplicationConfiguration: Match.absent(),
    },
  });
  template().hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
  });
  template().resourceCountIs('AWS::IAM::Role', 0);
});

test("uploads are replicated with their deletions, under the other site's key, within a quarter of an hour, and without a reference to it", () => {
  const { stack, template } = bench();
  const replicateTo = { bucketArn: 'arn:aws:s3:::south-uploads', keyArn, roleName: 'north-replication' };
  new UploadsBucket(stack, 'Uploads', { bucketName: 'north-uploads', key: new Key(stack, 'Key'), replicateTo });
  template().hasResourceProperties('AWS::S3::Bucket', {
    ReplicationConfiguration: {
      Rules: [
        {
          Status: 'Enabled',
          DeleteMarkerReplication: { Status: 'Enabled' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          Destination: {
            Bucket: 'arn:aws:s3:::south-uploads',
            EncryptionConfiguration: { ReplicaKmsKeyID: keyArn },
            ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
            Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
          },
        },
      ],
    },
  });
  const policies = JSON.stringify(template().findResources('AWS::IAM::Policy'));
  expect(policies).toContain('"kms:ResourceAliases":"alias/shop-south"');
  expect(policies).toContain('"Resource":"arn:aws:s3:::south-uploads/*"');
});

test("a third party's secret has no value in the template, and a replica under the key of where it is", () => {
  const { stack, template } = bench();
  const replicaIn = { region: 'eu-central-1', keyArn };
  new ThirdPartySecret(stack, 'Mail', { secretName: 'shop/mail', key: new Key(stack, 'Key'), replicaIn });
  template().hasResource('AWS::SecretsManager::Secret', {
    UpdateReplacePolicy: 'Retain',
    Properties: {
      Name: 'shop/mail',
      SecretString: Match.absent(),
      GenerateSecretString: Match.absent(),
      ReplicaRegions: [{ Region: 'eu-central-1', KmsKeyId: keyArn }],
    },
  });
});
