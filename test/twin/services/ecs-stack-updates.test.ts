import { expect, test } from '@jest/globals';
import type * as Ecs from '@aws-sdk/client-ecs';
import { ecs } from '../../../twin/services/ecs/index.js';
import { worldOfThings } from '../../helpers/things.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const site = (image: string, breaker: { Enable: boolean; Rollback: boolean }) => ({
  Resources: {
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'site' } },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        ...{ Family: 'web', Cpu: '256', Memory: '512', NetworkMode: 'awsvpc', RequiresCompatibilities: ['FARGATE'] },
        ContainerDefinitions: [{ Name: 'web', Essential: true, Image: image }],
      },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        ...{ ServiceName: 'web', Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, DesiredCount: 2, LaunchType: 'FARGATE' },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-a', 'subnet-b'] } },
        DeploymentConfiguration: { DeploymentCircuitBreaker: breaker },
      },
    },
  },
});

const setUp = async (breaker: { Enable: boolean; Rollback: boolean }) => {
  const world = worldOfThings([ecs, twoSubnets]);
  world.dataplane.tasks.knowsImage = (name) => name.startsWith('good');
  const deploy = (image: string) => world.deploy(site(image, breaker));
  const service = async () =>
    (await world.call<Ecs.DescribeServicesResponse>('ecs', 'DescribeServices', { cluster: 'site', services: ['web'] })).services![0]!;
  return { ...world, deploy, service, images: () => [...world.dataplane.taskSpecs.values()].map(({ image }) => image) };
};

test.each([true, false])(
  'an update whose tasks cannot start ends with the old tasks and a rolled back stack, with a rollback by ECS itself: %s',
  async (Rollback) => {
    const { deploy, service, images, events } = await setUp({ Enable: true, Rollback });
    expect((await deploy('good@sha256:01')).StackStatus).toBe('CREATE_COMPLETE');
    const before = await service();
    expect((await deploy('bad@sha256:02')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await events()).join('\n')).toContain('ECS Deployment Circuit Breaker was triggered');
    expect(images()).toEqual(['good@sha256:01', 'good@sha256:01']);
    const after = await service();
    expect(after.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: before.taskDefinition }]);
    expect(after.events!.some(({ message }) => message!.includes('rolling back to deployment'))).toBe(Rollback);
  },
);

test('a stack that was rolled back takes a good update after that', async () => {
  const { deploy, images } = await setUp({ Enable: true, Rollback: true });
  await deploy('good@sha256:01');
  await deploy('bad@sha256:02');
  expect((await deploy('good@sha256:03')).StackStatus).toBe('UPDATE_COMPLETE');
  expect(images()).toEqual(['good@sha256:03', 'good@sha256:03']);
});

test.each([
  [2, 3],
  [6, 3],
  [7, 4],
  [20, 10],
])('with %s tasks desired the circuit breaker bears failures until the %sth', async (desiredCount, threshold) => {
  const { call, deploy, service, pass, dataplane } = await setUp({ Enable: true, Rollback: false });
  await deploy('good@sha256:01');
  await call('ecs', 'UpdateService', { cluster: 'site', service: 'web', desiredCount });
  await pass(120);
  dataplane.tasks.knowsImage = () => false;
  await call('ecs', 'UpdateService', { cluster: 'site', service: 'web', forceNewDeployment: true });
  const newest = async () => (await service()).deployments![0]!;
  while ((await newest()).failedTasks! < threshold) {
    expect(await newest()).toMatchObject({ rolloutState: 'IN_PROGRESS' });
    await pass(1);
  }
  await pass(2);
  const [failed, old] = (await service()).deployments!;
  expect(failed).toMatchObject({ rolloutState: 'FAILED' });
  expect(failed!.rolloutStateReason).toBe('ECS deployment circuit breaker: tasks failed to start.');
  expect(old).toMatchObject({ rolloutState: 'COMPLETED', runningCount: desiredCount });
});
