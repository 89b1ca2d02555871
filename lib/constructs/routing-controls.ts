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
 * unhealthy then, and answers the primary.
 */
export class RoutingControls extends Construct {
  readonly clusterArn: string;
  /** ARNs by the name of the site. */
  readonly controls: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { name, siteNames, clusterArn: given }: RoutingControlsProps) {
    super(scope, id);
    const clusterArn = (this.clusterArn = given ?? new CfnCluster(this, 'Cluster', { name }).attrClusterArn);
    const controlPanelArn = new CfnControlPanel(this, 'Panel', { name, clusterArn }).attrControlPanelArn;
    const controlOf = (site: string): CfnRoutingControl =>
      new CfnRoutingControl(this, `Control-${site}`, { name: site, clusterArn, controlPanelArn });
    this.controls = Object.fromEntries(siteNames.map((site) => [site, controlOf(site).attrRoutingControlArn]));
    new CfnSafetyRule(this, 'OneSiteServes', {
      name: 'one-site-serves',
      controlPanelArn,
      assertionRule: { assertedControls: Object.values(this.controls), waitPeriodMs },
      ruleConfig: { type: 'ATLEAST', threshold: 1, inverted: false },
    });
  }
}
