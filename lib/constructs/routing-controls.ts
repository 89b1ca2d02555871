import { CfnOutput } from 'aws-cdk-lib';
import { CfnCluster, CfnControlPanel, CfnRoutingControl, CfnSafetyRule } from 'aws-cdk-lib/aws-route53recoverycontrol';
import { Construct } from 'constructs';

export interface RoutingControlsProps {
  /** Of the cluster and its control panel. */
  readonly name: string;
  readonly siteNames: readonly string[];
  /** A cluster that is there already; absent: one is made. */
  readonly clusterArn?: string | undefined;
}

/** AWS's own default: how long after a change the next is refused, so that nobody's retry moves traffic back and forth. */
const waitPeriodMs = 5_000;

/**
 * A switch for each site on an ARC cluster, and a rule that one of them stays on. Off when they are made: Route 53 takes both sites for
 * unhealthy then, and answers the primary. What people write into the settings afterwards are the outputs, and what DescribeCluster says
 * of endpoints, which no output can carry.
 */
export class RoutingControls extends Construct {
  constructor(scope: Construct, id: string, { name, siteNames, clusterArn: given }: RoutingControlsProps) {
    super(scope, id);
    const clusterArn = given ?? new CfnCluster(this, 'Cluster', { name }).attrClusterArn;
    const controlPanelArn = new CfnControlPanel(this, 'Panel', { name, clusterArn }).attrControlPanelArn;
    const controls = siteNames.map((site) => {
      const control = new CfnRoutingControl(this, `Control-${site}`, { name: site, clusterArn, controlPanelArn });
      new CfnOutput(this, `ControlOf-${site}`, { value: control.attrRoutingControlArn, description: `Routing control of ${site}` });
      return control.attrRoutingControlArn;
    });
    new CfnSafetyRule(this, 'OneSiteServes', {
      name: 'one-site-serves',
      controlPanelArn,
      assertionRule: { assertedControls: controls, waitPeriodMs },
      ruleConfig: { type: 'ATLEAST', threshold: 1, inverted: false },
    });
    new CfnOutput(this, 'ClusterArn', { value: clusterArn, description: 'Whose endpoints DescribeCluster tells' });
  }
}
