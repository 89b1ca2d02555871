import { expect, test } from '@jest/globals';
import type * as Ecs from '@aws-sdk/client-ecs';
import { ecs } from '../../../twin/services/ecs/index.js';
import { elasticLoadBalancingV2 } from '../../../twin/services/elastic-load-balancing-v2/index.js';
import { worldOfThings } from '../../helpers/things.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const subnets = ['subnet-a', 'subnet-b'];
const site = {
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'site' } },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ...{ Family: 'web', Cpu: '256', Memory: '512', NetworkMode: 'awsvpc', RequiresCompatibilities: ['FARGATE'] },
      ContainerDefinitions: [{ Name: 'web', Essential: true, Image: 'web@sha256:00', PortMappings: [{ ContainerPort: 8080 }] }],
    },
  },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Name: 'web', Subnets: subnets } },
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-1', TargetType: 'ip' },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Balancer' },
      ...{ Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] },
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    DependsOn: 'Listener',
    Properties: {
      ...{ ServiceName: 'web', Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, DesiredCount: 2, LaunchType: 'FARGATE' },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets } },
      LoadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'Targets' } }],
    },
  },
};

/** Deploys the site as `cdk` sees it: by looks of somebody who cannot sleep in the world's time. */
const deploy = async ({ imageIsThere, keep }: { imageIsThere: boolean; keep: boolean }) => {
  const world = worldOfThings([ecs, elasticLoadBalancingV2, twoSubnets]);
  Object.assign(world.dataplane.tasks, { knowsImage: () => imageIsThere });
  Object.assign(world.dataplane.network, { probe: async () => ({ reached: true, status: 404 }) });
  const began = world.world.now();
  const { StackStatus: status } = await world.deploy({ Resources: site }, { DisableRollback: keep });
  expect(world.world.now()).toBe(began);
  return { ...world, status, callsMade: world.ledger.since().length };
};

test.each([
  ['whose image is missing', false],
  ['whose targets never get healthy', true],
])('a look at a stack with a service %s ends with a rolled back stack', async (_what, imageIsThere) => {
  const { status, callsMade, world, dataplane } = await deploy({ imageIsThere, keep: false });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(callsMade).toBeLessThan(10_000);
  expect(dataplane.taskSpecs.size).toBe(0);
  expect(world.pendingEvents).toBeLessThan(200);
});

test.each([
  ['whose image is missing', false],
  ['whose targets never get healthy', true],
])('a look ends also where rollback is disabled and a service %s goes on trying', async (_what, imageIsThere) => {
  const { status, callsMade, stack, ledger, call, pass } = await deploy({ imageIsThere, keep: true });
  expect(status).toBe('CREATE_FAILED');
  expect(callsMade).toBeLessThan(10_000);
  expect((await stack()).StackStatus).toBe('CREATE_FAILED');
  expect(ledger.since(callsMade)).toHaveLength(1);
  // The service stands and tries again, in the world's own time.
  const failures = async () => {
    const { services } = await call<Ecs.DescribeServicesResponse>('ecs', 'DescribeServices', { cluster: 'site', services: ['web'] });
    return services![0]!.deployments![0]!.failedTasks!;
  };
  const before = await failures();
  await pass(6 * 3600);
  expect(await failures()).toBeGreaterThan(before);
});
