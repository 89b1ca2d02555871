import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface ThirdPartySecretProps {
  readonly secretName: string;
  readonly key: IKey;
  /** Region that reads a replica when this one is lost, and the key there by ARN. */
  readonly replicaIn: { readonly region: string; readonly keyArn: string };
}

/**
 * A secret that somebody else gave us. Empty until people put its value, so that no template or file ever holds it; from then on every value is
 * in both regions. Not by `Secret`, which would make up a value where none is given.
 */
export class ThirdPartySecret extends Construct {
  constructor(scope: Construct, id: string, props: ThirdPartySecretProps) {
    super(scope, id);
    new CfnSecret(this, 'Resource', {
      name: props.secretName,
      description: 'Given by a third party; its value is put by people (aws secretsmanager put-secret-value)',
      kmsKeyId: props.key.keyArn,
      replicaRegions: [{ region: props.replicaIn.region, kmsKeyId: props.replicaIn.keyArn }],
    }).applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Only the third party can issue another value; people put it when it does',
    });
  }
}
