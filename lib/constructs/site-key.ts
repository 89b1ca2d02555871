import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface SiteKeyProps {
  /** With its `alias/` prefix. */
  readonly alias: string;
  readonly siteName: string;
  /** Log groups whose names begin so are encrypted with it, too. */
  readonly logGroupsUnder?: string;
}

/** The key that everything a site stores is encrypted with. Lost with its region: copies elsewhere are under the other site's key. */
export class SiteKey extends Key {
  constructor(scope: Construct, id: string, props: SiteKeyProps) {
    super(scope, id, {
      alias: props.alias,
      description: `Data at rest of ${props.siteName}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    if (props.logGroupsUnder !== undefined) this.serveLogs(props.logGroupsUnder);
  }

  /** CloudWatch Logs user guide, "Encrypt log data using AWS KMS": the service itself uses the key, for named groups only. */
  private serveLogs(logGroupsUnder: string): void {
    const { account, region } = Stack.of(this);
    this.grantEncryptDecrypt(
      new ServicePrincipal(`logs.${region}.amazonaws.com`, {
        conditions: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${logGroupsUnder}*` },
        },
      }),
    );
  }
}
