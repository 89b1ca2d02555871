import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { FailoverPair } from '../constructs/failover-pair.js';
import { RecoveryRoles } from '../constructs/recovery-roles.js';
import { siteNames, switchKey } from '../contract/names.js';
import type { Settings } from '../contract/settings.js';
import { recoveryActions } from '../recovery-actions.js';
import { AltsiteStack } from './altsite-stack.js';

export interface TrafficStackProps {
  readonly settings: Settings;
  readonly zone: IHostedZone;
}

/** The name customers use, what moves it, and the roles that may. */
export class TrafficStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, zone }: TrafficStackProps) {
    const { primary, alternate } = settings.sites;
    super(scope, id, { settings, region: settings.witnessRegion, description: `Traffic of ${settings.webName}` });
    new FailoverPair(this, 'Web', {
      zone,
      webName: settings.webName,
      primary: { siteName: primary.name, originName: siteNames(settings, primary).originName },
      secondary: { siteName: alternate.name, originName: siteNames(settings, alternate).originName },
      cutOver: settings.routingControls?.known ?? {
        bucket: siteNames(settings, alternate).switchBucket,
        region: alternate.region,
        key: switchKey,
      },
    });
    new RecoveryRoles(this, 'Recovery', { settings, from: primary, to: alternate, actions: recoveryActions() });
  }
}
