import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface DatabaseSecretProps {
  readonly secretName: string;
  readonly username: string;
  readonly key: IKey;
}

/**
 * A site's own login to its database, as JSON `{ username, password }`. Never replicated: a restored database gets the
 * password of the site it is restored in. No punctuation, so that the password fits a URL and RDS alike.
 */
export class DatabaseSecret extends Secret {
  constructor(scope: Construct, id: string, props: DatabaseSecretProps) {
    super(scope, id, {
      secretName: props.secretName,
      description: 'Login of the web application to the database of this site',
      encryptionKey: props.key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: props.username }),
        generateStringKey: 'password',
        passwordLength: 32,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'A rotation needs a function in the network of the database; a recovery gives every restored database another password',
    });
  }
}
