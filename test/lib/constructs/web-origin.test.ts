import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { SiteNetwork } from '../../../lib/constructs/site-network.js';
import { WebOrigin } from '../../../lib/constructs/web-origin.js';
import { bench } from '../production-templates.js';

const { stack, template: made } = bench();
const ports = { listenerPort: 8443, containerPort: 9090 };
const network = new SiteNetwork(stack, 'Network', { ...ports, name: 'shop', zones: 2, internetEgress: false, databasePort: 6543 });
new WebOrigin(stack, 'Origin', {
  ...ports,
  vpc: network.vpc,
  securityGroup: network.loadBalancerGroup,
  originName: 'north.origin.example.com',
  webName: 'shop.example.com',
  zoneName: 'example.com',
  healthPath: '/alive',
});
const template = made();

describe('where the traffic of a site arrives', () => {
  test('speaks TLS 1.2 or 1.3 at the port it is told, and nothing in clear', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 8443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: { Ref: Match.stringLikeRegexp('^OriginCertificate') } }],
    });
  });

  test('has a certificate for both of its names, which waits for records that somebody else writes', () => {
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'shop.example.com',
      SubjectAlternativeNames: ['north.origin.example.com'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: Match.absent(),
      Tags: [{ Key: 'Name', Value: 'north.origin.example.com' }],
    });
  });

  test('hands requests to healthy tasks, and notices within seconds that one is', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 9090,
      TargetType: 'ip',
      HealthCheckPath: '/alive',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
    });
  });

  test('stands in the public subnets, with the record of the site before it', () => {
    const [balancer] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer')) as {
      Properties: { Scheme: string; Subnets: { Ref: string }[] };
    }[];
    expect(balancer?.Properties.Scheme).toBe('internet-facing');
    expect(balancer?.Properties.Subnets.map(({ Ref }) => Ref)).toEqual([
      expect.stringContaining('PublicSubnet1'),
      expect.stringContaining('PublicSubnet2'),
    ]);
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'north.origin.example.com.', HostedZoneName: 'example.com.' });
  });
});
