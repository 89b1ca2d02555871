import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { SiteNetwork } from '../../../lib/constructs/site-network.js';
import { bench } from '../production-templates.js';

const { stack, template: made } = bench();
new SiteNetwork(stack, 'Network', { name: 'shop-north', zones: 2, listenerPort: 81, containerPort: 9090, databasePort: 6543 });
const template = made();

describe('a network', () => {
  test('reaches the Internet from its public subnets only, and through nothing that costs by the hour', () => {
    template.resourceCountIs('AWS::EC2::Subnet', 4);
    template.resourceCountIs('AWS::EC2::Route', 2);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('admits customers to the load balancer, that to the web, and that to the database, and nobody else', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'What customers reach',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 81, ToPort: 81 })],
    });
    const made = template.findResources('AWS::EC2::SecurityGroupIngress') as Record<string, { Properties: { FromPort: number } }>;
    const rules = Object.entries(made).map(([id, { Properties }]) => [id.slice(0, -8), Properties.FromPort]);
    expect(rules).toEqual([
      ['NetworkWebFromLoadBalancer', 9090],
      ['NetworkDatabaseFromWeb', 6543],
    ]);
  });

  test('names its VPC and subnets after the site', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north' }]) });
    template.hasResourceProperties('AWS::EC2::Subnet', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north/DatabaseSubnet2' }]) });
  });
});
