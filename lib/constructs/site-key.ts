import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface SiteKeyProps {
  /** With its `alias/` prefix. */
  readonly alias: string;
  readonly siteName: string;
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
  }
}
