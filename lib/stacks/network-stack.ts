import type { Construct } from 'constructs';
import { SiteNetwork } from '../constructs/site-network.js';
import { WebOrigin } from '../constructs/web-origin.js';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databasePort } from '../database-shape.js';
import { AltsiteStack } from './altsite-stack.js';

/** The site's network and the load balancer that owns its origin name. */
export class NetworkStack extends AltsiteStack {
  readonly network: SiteNetwork;
  readonly origin: WebOrigin;

  constructor(scope: Construct, id: string, { settings, site }: { readonly settings: Settings; readonly site: SiteSettings }) {
    super(scope, id, { settings, site, region: site.region, description: `Network and origin of ${site.name}` });
    const { listenerPort, containerPort, healthPath } = settings.web;
    this.network = new SiteNetwork(this, 'Network', {
      name: `${settings.organisation}-${site.name}`,
      zones: settings.zones,
      listenerPort,
      containerPort,
      databasePort,
    });
    this.origin = new WebOrigin(this, 'Origin', {
      vpc: this.network.vpc,
      securityGroup: this.network.loadBalancerGroup,
      originName: siteNames(settings, site).originName,
      webName: settings.webName,
      zoneName: settings.domain,
      listenerPort,
      containerPort,
      healthPath,
    });
  }
}
