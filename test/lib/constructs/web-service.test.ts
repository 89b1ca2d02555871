import { describe, expect, test } from '@jest/globals';
import { CfnCondition } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { SiteNetwork } from '../../../lib/constructs/site-network.js';
import { WebOrigin } from '../../../lib/constructs/web-origin.js';
import { WebService } from '../../../lib/constructs/web-service.js';
import type { WebServiceProps } from '../../../lib/constructs/web-service.js';
import { bench } from '../production-templates.js';

const template = (change: (stack: ReturnType<typeof bench>['stack']) => Partial<WebServiceProps> = () => ({})) => {
  const { stack, template } = bench();
  const network = new SiteNetwork(stack, 'Network', {
    name: 'n',
    zones: 2,
    internetEgress: false,
    listenerPort: 443,
    containerPort: 8080,
    databasePort: 5432,
  });
  const origin = new WebOrigin(stack, 'Origin', {
    vpc: network.vpc,
    securityGroup: network.loadBalancerGroup,
    originName: 'north.origin.example.com',
    webName: 'www.example.com',
    zoneName: 'example.com',
    listenerPort: 443,
    containerPort: 8080,
    healthPath: '/alive',
  });
  new WebService(stack, 'Web', {
    clusterName: 'shop-north',
    serviceName: 'shop-north-web',
    logGroupName: '/shop/web',
    vpc: network.vpc,
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false }),
    targetGroup: origin.targetGroup,
    image: `web@sha256:${'ab'.repeat(32)}`,
    containerPort: 8080,
    cpu: 256,
    memoryMiB: 512,
    active: new CfnCondition(stack, 'Active'),
    tasks: { least: 3, most: 9 },
    logKey: new Key(stack, 'LogKey'),
    environment: {},
    secrets: {},
    ...change(stack),
  });
  return template();
};

describe('a web service', () => {
  test('runs one container by digest behind the target group, and logs where it is told', () => {
    const made = template();
    made.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:${'ab'.repeat(32)}`,
          Environment: Match.absent(),
          Secrets: Match.absent(),
        }),
      ],
    });
    made.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: { 'Fn::If': ['Active', { Ref: 'AWS::NoValue' }, 0] },
      LoadBalancers: [Match.objectLike({ ContainerPort: 8080 })],
      NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED', SecurityGroups: ['sg-1'] }) },
    });
    made.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/shop/web', RetentionInDays: 365, KmsKeyId: Match.anyValue() });
  });

  test('scales between its bounds by load, and not at all while its site stands by', () => {
    const made = template();
    made.hasResource('AWS::ApplicationAutoScaling::ScalableTarget', {
      Condition: 'Active',
      Properties: { MinCapacity: 3, MaxCapacity: 9 },
    });
    made.hasResource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      Condition: 'Active',
      Properties: {
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        },
      },
    });
  });

  test('may pull its own image and no other', () => {
    expect(JSON.stringify(template().findResources('AWS::IAM::Policy'))).toContain('repository/web"');
  });

  test('starts no task before its role can read what the task is given', () => {
    const made = template((stack) => ({
      environment: { SITE: 'north' },
      secrets: {
        HOST: Secret.fromSsmParameter(
          StringParameter.fromStringParameterArn(stack, 'Host', 'arn:aws:ssm:eu-west-1:111122223333:parameter/host'),
        ),
      },
    }));
    made.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Environment: [{ Name: 'SITE', Value: 'north' }],
          Secrets: [{ Name: 'HOST', ValueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/host' }],
        }),
      ],
    });
    const [service] = Object.values(made.findResources('AWS::ECS::Service')) as { DependsOn: string[] }[];
    expect(service?.DependsOn.join()).toMatch(/ExecutionRoleDefaultPolicy/);
  });

  test('adds no rule to groups of another stack', () => {
    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  });
});

describe('an origin', () => {
  test('asks its targets often enough for a recovery to notice', () => {
    template().hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/alive',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    });
  });

  test('has an alias record in the zone of that name', () => {
    template().hasResourceProperties('AWS::Route53::RecordSet', { HostedZoneName: 'example.com.', Name: 'north.origin.example.com.' });
  });
});
