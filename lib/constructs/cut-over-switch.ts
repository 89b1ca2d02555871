import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface CutOverSwitchProps {
  readonly bucketName: string;
  /** The one object that anybody may read. */
  readonly switchKey: string;
}

/**
 * The bucket whose one object moves traffic. Route 53's health checkers read it anonymously, so exactly that key is public
 * and it is encrypted with S3's own key: objects under a KMS key cannot be read anonymously.
 * Absent, it answers them 403, since they may not list. A public access block on the whole account would disable it silently.
 */
export class CutOverSwitch extends Bucket {
  constructor(scope: Construct, id: string, props: CutOverSwitchProps) {
    super(scope, id, {
      bucketName: props.bucketName,
      versioned: true,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: new BlockPublicAccess({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      }),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-S1',
        reason: 'Health checkers read it every few seconds for ever; who wrote the object is in its versions and in the journal',
      },
      {
        id: 'AwsSolutions-S2',
        reason: 'Health checkers read anonymously: the policy below makes exactly one key public, and blocks on ACLs stay',
      },
    );
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'HealthCheckersReadTheSwitch',
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [this.arnForObjects(props.switchKey)],
      }),
    );
  }
}
