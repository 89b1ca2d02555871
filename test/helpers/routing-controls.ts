import type { KnownControls } from '../../lib/contract/routing-control-settings.js';

export { arcRegion, routingControlsStand, routingControlsTemplate } from '../../recovery/simulation/standing/routing-controls.js';

/** Where every cluster has its endpoints. */
export const clusterRegions = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-2'] as const;

/** What settings know once controls are made. */
export const knownControls = (controls: Readonly<Record<string, string>>): KnownControls => ({
  endpoints: clusterRegions.map((region) => ({ region, url: `https://0a1b2c3d.route53-recovery-cluster.${region}.amazonaws.com/v1` })),
  controls,
});

/** Controls of the sites of the default production, which nobody made. */
export const writtenControls = knownControls(
  Object.fromEntries(
    ['dublin', 'frankfurt'].map((site, index) => [
      site,
      `arn:aws:route53-recovery-control::111122223333:controlpanel/0a1b/routingcontrol/${index}c2d`,
    ]),
  ),
);
