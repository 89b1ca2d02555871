import type { Construct } from 'constructs';
import { SiteNetwork } from '../constructs/site-network.js';
import { WebEndpoints } from '../constructs/web-endpoints.js';
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
    const { listenerPort, containerPort, healthPath, internetEgress } = settings.web;
    const { prefix: name, originName } = siteNames(settings, site);
    this.network = new SiteNetwork(this, 'Network', {
      name,
      zones: settings.zones,
      internetEgress,
      listenerPort,
      containerPort,
      databasePort,
    });
    new WebEndpoints(this, 'Endpoints', {
      name,
      network: this.network,
      region: site.region,
      witnessRegion: settings.witnessRegion,
    });
    this.origin = new WebOrigin(this, 'Origin', {
      vpc: this.network.vpc,
      securityGroup: this.network.loadBalancerGroup,
      originName,
      webName: settings.webName,
      zoneName: settings.domain,
      listenerPort,
      containerPort,
      healthPath,
    });
  }
}
