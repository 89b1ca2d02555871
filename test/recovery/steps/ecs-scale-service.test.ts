import { expect, it } from '@jest/globals';
import { instant } from '../../../recovery/model/time.js';
import { ecsScaleService } from '../../../recovery/steps/ecs-scale-service.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { serviceStackStands } from '../../../recovery/simulation/standing/stack.js';
import { serviceStandsBy, type TaskNow, tasksNow } from '../../../recovery/simulation/standing/service.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const standingBy = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await serviceStandsBy(world);
  await serviceStackStands(world);
  return world;
};
const running = (tasks: readonly TaskNow[]) => tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
const counts = async (world: RecoveryWorld) => {
  const { cluster, service } = world.targets.site;
  const { services } = await world.call<{ services: { desiredCount: number; deployments: unknown[] }[] }>('ecs', 'DescribeServices', {
    cluster,
    services: [service],
  });
  return { desired: services[0]!.desiredCount, running: running(await tasksNow(world)), deployments: services[0]!.deployments.length };
};

stepSuite(ecsScaleService, { world: standingBy, input: () => ({}), observe: counts });

it('runs the tasks of an active site, all of them healthy behind the load balancer', async () => {
  const world = await standingBy();
  const { output } = await carryOut(ecsScaleService, {}, world);
  expect(output).toMatchObject({ runningCount: 2 });
  expect(await counts(world)).toEqual({ desired: 2, running: 2, deployments: 1 });
});

it('starts fresh tasks once, however often it is started', async () => {
  const world = await standingBy();
  const first = await ecsScaleService.start({}, world.context());
  expect(await ecsScaleService.start({}, world.context())).toEqual(first);
  expect(world.ledger.since().filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1);
});

it('starts fresh tasks once though the answer to that was lost', async () => {
  const world = await standingBy();
  world.troubled({ at: 2, kind: 'answer-lost' });
  await carryOut(ecsScaleService, {}, world);
  expect(world.asked.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1);
});

it('starts fresh tasks in a site that runs already: they read where the database is when they start', async () => {
  const world = await standingBy();
  await carryOut(ecsScaleService, {}, world);
  const before = (await tasksNow(world)).map(({ taskArn }) => taskArn);
  await world.pass(60);
  await carryOut(ecsScaleService, {}, world, world.attempt(2));
  const after = (await tasksNow(world)).map(({ taskArn }) => taskArn);
  expect(after.filter((task) => before.includes(task))).toEqual([]);
});

it('is not done while tasks run that the load balancer may not send to', async () => {
  const world = await standingBy();
  world.dataplane.network.probe = async () => ({ reached: true, status: 503, body: '' });
  const startedAt = instant(world.now());
  const handle = await ecsScaleService.start({}, world.context({ startedAt }));
  while ((await counts(world)).running < 2) await world.pass(5);
  await world.pass(5);
  expect(await ecsScaleService.poll(handle, {}, world.context({ startedAt }))).toMatchObject({ is: 'pending' });
  const [, health] = await ecsScaleService.verify(handle, {}, world.context({ startedAt }));
  expect(health).toMatchObject({ holds: false, observed: '0 healthy' });
});

it('holds with the service’s own words when the rollout fails', async () => {
  const world = await standingBy();
  world.dataplane.tasks.knowsImage = () => false;
  await expect(carryOut(ecsScaleService, {}, world)).rejects.toMatchObject({
    kind: 'unexpected-status',
    message: expect.stringMatching(/deployment|CannotPull|failed/i) as unknown,
  });
});

it('says what is missing where there is no service', async () => {
  const world = await standingBy();
  world.targets.site = { ...world.targets.site, service: 'missing' };
  await expect(carryOut(ecsScaleService, {}, world)).rejects.toMatchObject({ kind: 'rejected', code: 'no-service' });
});
