import { describe, expect, test } from '@jest/globals';
import { synthesise } from './production-templates.js';

const { assembly, templates, stacks } = synthesise();
const all = [...templates];
const texts = all.map(([path, template]) => [path, JSON.stringify(template)] as const);
const types = new Set(all.flatMap(([, template]) => Object.values(template.Resources).map((resource) => resource.Type)));

/** What the twin backs; anything else would fail a deploy by name, so it is asked for here first. */
const backed = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECR::ReplicationConfiguration',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::Route53::HealthCheck',
  'AWS::Route53::HostedZone',
  'AWS::Route53::RecordSet',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
];

describe('production can be built in any region, with nothing of another', () => {
  test('it uses these resource types and no others: no Lambda, no custom resource, no NAT', () => {
    expect([...types].sort()).toEqual(backed);
  });

  test('it has no assets but its templates: no image or file must be published first', () => {
    for (const [, stack] of stacks) {
      const manifest = assembly.tryGetArtifact(`${stack.artifactId}.assets`) as unknown as {
        contents: { files: object; dockerImages: object };
      };
      expect(Object.keys(manifest.contents.dockerImages)).toEqual([]);
      expect(Object.keys(manifest.contents.files)).toHaveLength(1);
    }
  });

  test('only what must outlive the primary names the other region: copies, facts, witness and names in the zone', () => {
    const primary = texts.filter(([path]) => path.startsWith('Primary/') && !/RecoveryAccess|Data|Images/.test(path));
    for (const [, text] of primary) expect(text).not.toContain('eu-central-1');
    const alternate = texts.filter(([path]) => path.startsWith('Alternate/') && !/RecoveryAccess|Images/.test(path));
    for (const [, text] of alternate) expect(text).not.toContain('eu-west-1');
  });

  test('subnets lie in the first three zones the region offers', () => {
    for (const site of ['Primary', 'Alternate']) {
      const subnets = Object.values(templates.get(`${site}/Network`)?.Resources ?? {}).filter(({ Type }) => Type === 'AWS::EC2::Subnet');
      expect(subnets.map(({ Properties }) => JSON.stringify(Properties?.['AvailabilityZone'])).sort()).toEqual(
        [0, 0, 0, 1, 1, 1, 2, 2, 2].map((index) => JSON.stringify({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })),
      );
    }
  });

  test('images come from the registry of the same account and region, by digest', () => {
    for (const [site, region] of [
      ['Primary', 'eu-west-1'],
      ['Alternate', 'eu-central-1'],
    ]) {
      const text = JSON.stringify(templates.get(`${site}/Service`));
      expect([...text.matchAll(/"Image":("[^"]*")/g)].map(([, image]) => image)).toEqual([
        expect.stringMatching(
          new RegExp(`^"111122223333\\.dkr\\.ecr\\.${region}\\.amazonaws\\.com/sample-web-application@sha256:[0-9a-f]{64}"$`),
        ),
      ]);
    }
  });

  test('names and logical ids carry the site and never its role, so that an event can swap them', () => {
    for (const [path, stack] of stacks) {
      expect(stack.stackName).not.toMatch(/primary|alternate/i);
      if (path.startsWith('Global/')) continue;
      expect(Object.keys(templates.get(path)?.Resources ?? {}).join()).not.toMatch(/primary|alternate/i);
    }
  });
});
