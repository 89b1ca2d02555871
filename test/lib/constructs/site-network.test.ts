import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { NetworkRecord } from '../../../lib/constructs/network-record.js';
import { SiteNetwork } from '../../../lib/constructs/site-network.js';
import { WebEndpoints } from '../../../lib/constructs/web-endpoints.js';
import { bench } from '../production-templates.js';

const networkOf = (more: { internetEgress?: boolean; witnessRegion?: string } = {}) => {
  const { stack, template } = bench();
  const ports = { listenerPort: 81, containerPort: 9090, databasePort: 6543 };
  const network = new SiteNetwork(stack, 'Network', {
    ...{ name: 'shop-north', zones: 2, internetEgress: more.internetEgress ?? false },
    ...ports,
  });
  const region = 'eu-west-1';
  new WebEndpoints(stack, 'Endpoints', { name: 'shop-north', network, region, witnessRegion: more.witnessRegion ?? 'eu-west-3' });
  const key = new Key(stack, 'Key');
  new NetworkRecord(stack, 'Record', { name: 'shop-north', vpc: network.vpc, logGroupName: '/shop/north/network', key });
  return template();
};
const template = networkOf();
type Endpoint = { Properties: { ServiceName: unknown; ServiceRegion?: string; VpcEndpointType: string; PrivateDnsEnabled?: boolean } };
const endpointsOf = (made: typeof template): string[] =>
  (Object.values(made.findResources('AWS::EC2::VPCEndpoint')) as Endpoint[]).map(({ Properties }) => {
    const { ServiceName, ServiceRegion = '', VpcEndpointType, PrivateDnsEnabled } = Properties;
    const service = typeof ServiceName === 'string' ? ServiceName : JSON.stringify(ServiceName);
    return [
      VpcEndpointType,
      /\.([a-z0-9.]+)[^a-z0-9]*$/.exec(service.replace('com.amazonaws.', '.'))?.[1],
      ServiceRegion,
      PrivateDnsEnabled ?? '',
    ].join(' ');
  });

describe('a network', () => {
  test('reaches the Internet from its public subnets only', () => {
    template.resourceCountIs('AWS::EC2::Subnet', 6);
    template.resourceCountIs('AWS::EC2::Route', 2);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('lets tasks reach it through a NAT gateway in each zone where that is asked for', () => {
    const asked = networkOf({ internetEgress: true });
    asked.resourceCountIs('AWS::EC2::Subnet', 6);
    asked.resourceCountIs('AWS::EC2::NatGateway', 2);
    asked.resourceCountIs('AWS::EC2::Route', 4);
    asked.hasResourceProperties('AWS::EC2::NatGateway', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north/PublicSubnet1' }]) });
  });

  test('admits customers to the load balancer, that to the web, the web to the database and to AWS, and nobody else', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'What customers reach',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 81, ToPort: 81 })],
    });
    const made = template.findResources('AWS::EC2::SecurityGroupIngress') as Record<string, { Properties: { FromPort: number } }>;
    const rules = Object.entries(made).map(([id, { Properties }]) => [id.slice(0, -8), Properties.FromPort]);
    expect(rules).toEqual([
      ['NetworkWebFromLoadBalancer', 9090],
      ['NetworkDatabaseFromWeb', 6543],
      ['EndpointsFromWeb', 443],
    ]);
  });

  test('leads tasks to all that they need of AWS by private names, and to the fence in its own region', () => {
    expect(endpointsOf(template).sort()).toEqual([
      'Gateway s3  ',
      'Interface ecr.api  true',
      'Interface ecr.dkr  true',
      'Interface logs  true',
      'Interface s3 eu-west-3 true',
      'Interface secretsmanager  true',
      'Interface ssm  true',
    ]);
  });

  test('needs no second way to S3 where the fence is in its own region', () => {
    expect(endpointsOf(networkOf({ witnessRegion: 'eu-west-1' })).filter((endpoint) => endpoint.includes('s3'))).toEqual(['Gateway s3  ']);
  });

  test('is recorded, all of it, under a key', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/shop/north/network', KmsKeyId: Match.anyValue() });
  });

  test('names its VPC, subnets and endpoints after the site', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north' }]) });
    template.hasResourceProperties('AWS::EC2::Subnet', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north/DatabaseSubnet2' }]) });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { Tags: Match.arrayWith([{ Key: 'Name', Value: 'shop-north/Witness' }]) });
  });
});
