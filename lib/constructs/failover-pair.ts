import { CfnHealthCheck, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

/** Quickest that Route 53 offers, and its default threshold; both fixed when the check is created. */
export const switchInterval = { seconds: 10, threshold: 3 } as const;

export interface FailoverPairProps {
  readonly zone: IHostedZone;
  readonly webName: string;
  readonly primary: { readonly siteName: string; readonly originName: string };
  readonly secondary: { readonly siteName: string; readonly originName: string };
  readonly cutOver: SwitchObject | SwitchControls;
}
/** The object that moves traffic to the secondary by being there. */
export interface SwitchObject {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
}
/** The routing controls that move traffic by being on and off: ARNs by the name of the site. */
export interface SwitchControls {
  readonly controls: Readonly<Record<string, string>>;
}

/**
 * The name customers use, answered with one site's origin or the other's.
 * 1. Nothing but the switch moves it: no record looks at its target's health.
 * 2. By object, the primary's check is inverted and the secondary has none: while the object cannot be read (absent, or its region is down)
 *    the primary keeps the name. After cut-over, losing the object therefore gives the name back (docs/decisions/0003). A check without data
 *    counts as healthy, inverted as unhealthy: a new pair answers the secondary until the first interval × threshold is over.
 * 3. By routing control, each site has a check that is healthy while its control is on; no region's loss moves one. With both off, Route 53
 *    answers the primary.
 */
export class FailoverPair extends Construct {
  constructor(scope: Construct, id: string, props: FailoverPairProps) {
    super(scope, id);
    const { primary, secondary, cutOver } = props;
    if ('controls' in cutOver) {
      this.record('Primary', props, 'PRIMARY', primary, this.control(primary.siteName, cutOver));
      this.record('Secondary', props, 'SECONDARY', secondary, this.control(secondary.siteName, cutOver));
    } else {
      this.record('Primary', props, 'PRIMARY', primary, this.object(secondary.siteName, cutOver));
      this.record('Secondary', props, 'SECONDARY', secondary);
    }
  }

  private object(secondary: string, { bucket, region, key }: SwitchObject): string {
    return new CfnHealthCheck(this, 'Switch', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        port: 443,
        resourcePath: `/${key}`,
        enableSni: true,
        requestInterval: switchInterval.seconds,
        failureThreshold: switchInterval.threshold,
        inverted: true,
      },
      healthCheckTags: [{ key: 'Name', value: `cut-over to ${secondary}` }],
    }).attrHealthCheckId;
  }

  private control(site: string, { controls }: SwitchControls): string {
    const routingControlArn = controls[site];
    if (routingControlArn === undefined) throw new Error(`${site} has no routing control`);
    return new CfnHealthCheck(this, `Control-${site}`, {
      healthCheckConfig: { type: 'RECOVERY_CONTROL', routingControlArn },
      healthCheckTags: [{ key: 'Name', value: `traffic to ${site}` }],
    }).attrHealthCheckId;
  }

  private record(
    id: string,
    { zone, webName }: FailoverPairProps,
    failover: 'PRIMARY' | 'SECONDARY',
    target: FailoverPairProps['primary'],
    healthCheckId?: string,
  ): void {
    new CfnRecordSet(this, id, {
      hostedZoneId: zone.hostedZoneId,
      name: `${webName}.`,
      type: 'A',
      setIdentifier: target.siteName,
      failover,
      ...(healthCheckId ? { healthCheckId } : {}),
      aliasTarget: { dnsName: `${target.originName}.`, hostedZoneId: zone.hostedZoneId, evaluateTargetHealth: false },
    });
  }
}
