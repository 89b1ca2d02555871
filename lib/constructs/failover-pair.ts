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
  /** The object that moves traffic to the secondary by being there. */
  readonly cutOver: { readonly bucket: string; readonly region: string; readonly key: string };
}

/**
 * The name customers use, answered with one site's origin or the other's.
 * 1. Nothing but the switch moves it: no record looks at its target's health, and the secondary has no check.
 * 2. The check is inverted: while the object cannot be read (absent, or its region is down) the primary keeps the name.
 *    After cut-over, losing the object therefore gives the name back (docs/decisions/0003).
 * 3. A check without data counts as healthy, inverted as unhealthy: a new pair answers the secondary until the first interval × threshold is over.
 */
export class FailoverPair extends Construct {
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: FailoverPairProps) {
    super(scope, id);
    this.healthCheckId = new CfnHealthCheck(this, 'Switch', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: `${props.cutOver.bucket}.s3.${props.cutOver.region}.amazonaws.com`,
        port: 443,
        resourcePath: `/${props.cutOver.key}`,
        enableSni: true,
        requestInterval: switchInterval.seconds,
        failureThreshold: switchInterval.threshold,
        inverted: true,
      },
      healthCheckTags: [{ key: 'Name', value: `cut-over to ${props.secondary.siteName}` }],
    }).attrHealthCheckId;
    this.record('Primary', props, 'PRIMARY', props.primary, this.healthCheckId);
    this.record('Secondary', props, 'SECONDARY', props.secondary);
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
