import { RemovalPolicy } from 'aws-cdk-lib';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

/** The public zone alone, whose records can be changed again within the hour should us-east-1 be lost (Route 53, "accelerated recovery"; a cut-over changes none): sites need it before anything else of the global stage can exist (docs/decisions/0001). */
export class ZoneStack extends AltsiteStack {
  readonly zone: PublicHostedZone;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id, {
      settings,
      region: settings.witnessRegion,
      description: `Public zone ${settings.domain}`,
      holdsData: true,
    });
    this.zone = new PublicHostedZone(this, 'Zone', { zoneName: settings.domain, acceleratedRecoveryEnabled: true });
    // A first deployment that fails must not leave a second zone of this name behind: sites find theirs by name.
    this.zone.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}
