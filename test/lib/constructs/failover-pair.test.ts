import { test } from '@jest/globals';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { FailoverPair } from '../../../lib/constructs/failover-pair.js';
import { bench } from '../production-templates.js';

test('a failover pair is two alias records and one check, whose region follows the switch', () => {
  const { stack, template } = bench();
  new FailoverPair(stack, 'Web', {
    zone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    webName: 'www.example.com',
    primary: { siteName: 'north', originName: 'north.origin.example.com' },
    secondary: { siteName: 'south', originName: 'south.origin.example.com' },
    cutOver: { bucket: 'the-switch', region: 'ap-southeast-2', key: 'cut-over' },
  });
  template().resourceCountIs('AWS::Route53::RecordSet', 2);
  template().hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { FullyQualifiedDomainName: 'the-switch.s3.ap-southeast-2.amazonaws.com', Inverted: true },
    HealthCheckTags: [{ Key: 'Name', Value: 'cut-over to south' }],
  });
  template().hasResourceProperties('AWS::Route53::RecordSet', { Failover: 'SECONDARY', SetIdentifier: 'south' });
});
