import { Duration, Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

export interface WebOriginProps {
  readonly vpc: Vpc;
  readonly securityGroup: ISecurityGroup;
  /** The site's own name in the zone; the failover pair points at it. */
  readonly originName: string;
  /** What customers call it: the certificate is for this name first. */
  readonly webName: string;
  readonly zoneName: string;
  readonly listenerPort: number;
  readonly containerPort: number;
  readonly healthPath: string;
}

/** Where a site's traffic arrives, over TLS only: its load balancer, its certificate, and the record by which the site is reached whoever is active. */
export class WebOrigin extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: WebOriginProps) {
    super(scope, id);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      securityGroup: props.securityGroup,
      internetFacing: true,
    });
    Validations.of(this.loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason:
        'Every request is logged by the application, and every flow by the network; a third copy would need a bucket open to the load balancers of the region',
    });
    this.targetGroup = new ApplicationTargetGroup(this, 'TargetGroup', {
      vpc: props.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: props.containerPort,
      deregistrationDelay: Duration.seconds(10),
      // Quick to notice: a recovery waits for the first healthy target.
      healthCheck: {
        path: props.healthPath,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    this.loadBalancer.addListener('Https', {
      port: props.listenerPort,
      protocol: ApplicationProtocol.HTTPS,
      sslPolicy: SslPolicy.TLS13_RES,
      certificates: [this.certificate(props)],
      open: false,
      defaultTargetGroups: [this.targetGroup],
    });
    new CfnRecordSet(this, 'Record', {
      // By name: the zone's id is an output of another region's stack (docs/decisions/0001).
      hostedZoneName: `${props.zoneName}.`,
      name: `${props.originName}.`,
      type: 'A',
      aliasTarget: {
        dnsName: this.loadBalancer.loadBalancerDnsName,
        hostedZoneId: this.loadBalancer.loadBalancerCanonicalHostedZoneId,
        evaluateTargetHealth: false,
      },
    });
  }

  /** The site's own, and of no zone: its validation records stand already (docs/decisions/0016). */
  private certificate({ webName, originName }: WebOriginProps): Certificate {
    return new Certificate(this, 'Certificate', {
      certificateName: originName,
      domainName: webName,
      subjectAlternativeNames: [originName],
      validation: CertificateValidation.fromDns(),
    });
  }
}
