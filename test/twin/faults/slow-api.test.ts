import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { rds } from '../../../twin/services/rds/index.js';
import { ssm } from '../../../twin/services/ssm/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const slow = async (given: object = {}) => {
  const world = serviceWorld([rds, ssm]);
  await injectFault(world.world, 'slow-api', { region: 'eu-west-1', forSeconds: 60, with: { seconds: 7, ...given } });
  const began = world.world.now();
  return { ...world, passed: () => (world.world.now() - began) / 1000 };
};

test('a call takes its time in the world, and what is due meanwhile happens before its answer', async () => {
  const { call, ctx, passed } = await slow();
  const happened: number[] = [];
  ctx().after(5, 'something', (then) => void happened.push(then.now()));
  await call('rds', 'DescribeDBInstances');
  expect([passed(), happened.length]).toEqual([7, 1]);
});

test('other regions and services are as quick as ever, and this one is again when it is over', async () => {
  const { call, pass, passed } = await slow({ service: 'rds' });
  await call('rds', 'DescribeDBInstances', {}, 'eu-central-1');
  await call('ssm', 'DescribeParameters');
  expect(passed()).toBe(0);
  await pass(60);
  await call('rds', 'DescribeDBInstances');
  expect(passed()).toBe(60);
});

test('nobody who cannot wait in the world’s time is made to: not a service, and not a client within an event', async () => {
  const { call, ctx, pass, passed } = await slow();
  await ctx().onBehalf('backup').call('rds', 'DescribeDBInstances', {});
  const answers: unknown[] = [];
  ctx().after(1, 'a probe', async () => void answers.push(await ctx('eu-west-1', false).call('rds', 'DescribeDBInstances', {})));
  await pass(1);
  expect([passed(), answers.length]).toEqual([1, 1]);
  await Promise.all([call('rds', 'DescribeDBInstances'), call('ssm', 'DescribeParameters')]);
  expect(passed()).toBe(8);
});
