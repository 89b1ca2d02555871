import { RemovalPolicy } from 'aws-cdk-lib';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

/** The public zone alone: sites need it before anything else of the global stage can exist (docs/decisions/0001). */
export class ZoneStack extends AltsiteStack {
  readonly zone: PublicHostedZone;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id, {
      settings,
      region: settings.witnessRegion,
      description: `Public zone ${settings.domain}`,
      holdsData: true,
    });
    this.zone = new PublicHostedZone(this, 'Zone', { zoneName: settings.domain });
    // A first deployment that fails must not leave a second zone of this name behind: sites find theirs by name.
    this.zone.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}
