import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { ecs } from '../../../twin/services/ecs/index.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { databaseWorld } from '../../helpers/database-world.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const region = 'eu-west-1';
const hour = 3600;
type World = Parameters<typeof injectFault>[0];
const lose = (world: World, forSeconds?: number) => injectFault(world, 'region-outage', { region, forSeconds });
const bringBack = (world: World) => injectFault(world, 'region-returns', { region });

test('the region answers again, with its records as they were and its databases running; the outage is over', async () => {
  const made = await databaseWorld();
  const { world, call, status, dataplane } = made;
  const { DbiResourceId } = await made.database('orders');
  await lose(world);
  await expect(call('rds', 'DescribeDBInstances')).rejects.toThrow('eu-west-1 is lost');
  await bringBack(world);
  expect(await status('orders')).toBe('available');
  expect(await dataplane.databases.answers({ account: '111122223333', region, id: DbiResourceId! })).toBe(true);
  const { interferences } = world;
  expect(interferences.history.map((one) => [one.name, interferences.isActive(one)])).toEqual([
    ['region-outage', false],
    ['region-returns', false],
  ]);
});

test('only a lost region returns, and an outage with a duration ends by itself', async () => {
  const { world, pass } = serviceWorld([]);
  await expect(bringBack(world)).rejects.toThrow('eu-west-1 is not lost: nothing can return');
  await lose(world, 600);
  await expect(lose(world)).rejects.toThrow('eu-west-1 is lost already');
  await pass(599);
  expect(world.regionIsLost(region)).toBe(true);
  await pass(1);
  expect(world.regionIsLost(region)).toBe(false);
});

test('what was on its way goes on from the moment of the return', async () => {
  const { world, call, order, pass, status } = await databaseWorld();
  await call('rds', 'CreateDBInstance', order('orders'));
  await pass(60);
  await lose(world);
  await pass(24 * hour);
  await bringBack(world);
  expect(await status('orders')).toBe('creating');
  await pass(1);
  expect(await status('orders')).toBe('available');
});

test('tasks are gone, and their service starts others', async () => {
  const { world, call, pass, dataplane } = serviceWorld([ecs, twoSubnets]);
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } };
  await call('ecs', 'CreateCluster', { clusterName: 'site' });
  const definition = { family: 'web', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' };
  await call('ecs', 'RegisterTaskDefinition', { ...definition, containerDefinitions: [{ name: 'web', image: 'web@sha256:00' }] });
  const service = {
    cluster: 'site',
    serviceName: 'web',
    taskDefinition: 'web',
    launchType: 'FARGATE',
    desiredCount: 2,
    networkConfiguration,
  };
  await call('ecs', 'CreateService', service);
  await pass(120);
  const before = [...dataplane.taskSpecs.keys()];
  expect(before).toHaveLength(2);
  await lose(world);
  await pass(hour);
  expect(dataplane.taskSpecs.size).toBe(0);
  await bringBack(world);
  await pass(300);
  const after = [...dataplane.taskSpecs.keys()];
  expect(after).toHaveLength(2);
  expect(after.filter((id) => before.includes(id))).toEqual([]);
});

test('a copy that had arrived elsewhere is known at home again; one that had not has failed, and holds up no other', async () => {
  const world = await backupWorld();
  const point = await world.point();
  const arrived = await world.startCopy(point);
  // The snapshot is there, and AWS Backup is about to notice.
  while ((await world.copyJob(arrived)).State !== 'COMPLETED') await world.pass(10);
  const half = await world.startCopy(point);
  await world.pass(120);
  expect((await world.copyJob(half)).State).toBe('RUNNING');
  await lose(world.world);
  await world.pass(2 * hour);
  await bringBack(world.world);
  await world.pass(120);
  expect([(await world.copyJob(arrived)).State, await world.copyJob(half)]).toMatchObject(['COMPLETED', { State: 'FAILED' }]);
  expect((await world.points('eu-central-1')).map(({ Status }) => Status)).toEqual(['COMPLETED']);
  const next = await world.startCopy(point);
  await world.pass(hour);
  expect((await world.copyJob(next)).State).toBe('COMPLETED');
});
