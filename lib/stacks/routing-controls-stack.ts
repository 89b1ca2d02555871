import { Annotations, CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RoutingControls } from '../constructs/routing-controls.js';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

/**
 * Where ARC is configured, and almost nowhere else CloudFormation has its types: by cfn-lint's lists of types per region
 * (src/cfnlint/data/schemas/providers), us-east-1 and us-west-2 have them, and eu-west-1 has not. A recovery asks nothing of it.
 */
const arcRegion = 'us-west-2';

/**
 * What moves traffic by routing control. Traffic hangs on it by the settings alone, since no stack may need another region's: people write
 * its outputs into them, and the endpoints that DescribeCluster tells, which no output can carry.
 */
export class RoutingControlsStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id, { settings, region: arcRegion, description: `Routing controls of ${settings.webName}`, holdsData: true });
    const { primary, alternate } = settings.sites;
    const { clusterArn, controls } = new RoutingControls(this, 'Traffic', {
      name: settings.organisation,
      siteNames: [primary.name, alternate.name],
      clusterArn: settings.routingControls?.clusterArn,
    });
    new CfnOutput(this, 'Cluster', { value: clusterArn });
    for (const [site, value] of Object.entries(controls)) new CfnOutput(this, `ControlOf-${site}`, { value });
    if (!settings.routingControls?.known)
      Annotations.of(this).addWarningV2(
        'altsite:routing-controls-not-known',
        'Routing controls are made and move nothing yet: write their ARNs and the endpoints of their cluster into routingControls.known',
      );
  }
}
