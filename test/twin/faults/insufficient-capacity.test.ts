import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { ecs } from '../../../twin/services/ecs/index.js';
import { databaseWorld } from '../../helpers/database-world.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const region = 'eu-west-1';
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } };
const unavailable = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';

/** A service that wants two tasks of a task definition. */
const fargateWorld = async () => {
  const world = serviceWorld([ecs, twoSubnets]);
  await world.call('ecs', 'CreateCluster', { clusterName: 'site' });
  await world.call('ecs', 'RegisterTaskDefinition', {
    ...{ family: 'web', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    containerDefinitions: [{ name: 'web', image: 'web@sha256:00' }],
  });
  const task = { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration };
  type Described = { services: { runningCount: number; events: { message: string }[] }[] };
  return {
    ...world,
    create: (desiredCount: number) => world.call('ecs', 'CreateService', { ...task, serviceName: 'web', desiredCount }),
    scale: (desiredCount: number) => world.call('ecs', 'UpdateService', { cluster: 'site', service: 'web', desiredCount }),
    service: async () => (await world.call<Described>('ecs', 'DescribeServices', { cluster: 'site', services: ['web'] })).services[0]!,
    run: () => world.call<{ tasks: unknown[]; failures: { reason?: string }[] }>('ecs', 'RunTask', { ...task, count: 2 }),
  };
};

test('RDS starts nothing new in the region while there is no room; what runs goes on', async () => {
  const world = await databaseWorld();
  await world.database('running');
  await injectFault(world.world, 'insufficient-capacity', { region, forSeconds: 600 });
  const create = (id: string, where = region) => world.call('rds', 'CreateDBInstance', world.order(id), where);
  const refused = { code: 'InsufficientDBInstanceCapacityFault', message: expect.stringMatching(/^Cannot create a db\.t4g\.medium /) };
  await expect(create('one')).rejects.toMatchObject(refused);
  await expect(create('one', 'eu-central-1')).resolves.toMatchObject({});
  const grow = { DBInstanceIdentifier: 'running', DBInstanceClass: 'db.r6g.large', ApplyImmediately: true };
  await expect(world.call('rds', 'ModifyDBInstance', grow)).rejects.toMatchObject({ code: 'InsufficientDBInstanceCapacityFault' });
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'running', CopyTagsToSnapshot: true });
  expect(await world.status('running')).toBe('available');
  await world.pass(600);
  await expect(create('one')).resolves.toMatchObject({});
});

test('ECS says once that it cannot place tasks, keeps trying, and places them when there is room again', async () => {
  const world = await fargateWorld();
  await injectFault(world.world, 'insufficient-capacity', { region, forSeconds: 900 });
  await world.create(2);
  await world.pass(890);
  const short = await world.service();
  expect(short.runningCount).toBe(0);
  expect(short.events.map(({ message }) => message)).toEqual([
    `(service web) was unable to place a task. Reason: ${unavailable}. For more information, see the Troubleshooting section.`,
  ]);
  await world.pass(130);
  expect((await world.service()).runningCount).toBe(2);
});

test('a service that has long been steady is scaled out once there is room', async () => {
  const world = await fargateWorld();
  await world.create(0);
  await world.pass(600);
  await injectFault(world.world, 'insufficient-capacity', { region, forSeconds: 3600, with: { of: 'fargate' } });
  await world.scale(1);
  await world.pass(3599);
  expect((await world.service()).runningCount).toBe(0);
  await world.pass(120);
  expect((await world.service()).runningCount).toBe(1);
});

test('a task that nobody schedules is answered with failures', async () => {
  const world = await fargateWorld();
  await injectFault(world.world, 'insufficient-capacity', { region });
  expect(await world.run()).toEqual({ tasks: [], failures: [{ reason: unavailable }, { reason: unavailable }] });
});

test('with room for tasks there may be none for databases, and the other way round', async () => {
  const world = await fargateWorld();
  await injectFault(world.world, 'insufficient-capacity', { region, with: { of: 'rds' } });
  expect((await world.run()).tasks).toHaveLength(2);
});
