import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { Timekeeper } from '../../../twin/world/timekeeper.js';
import { serviceWorld } from '../../helpers/service-world.js';

const running: Timekeeper[] = [];
afterEach(() => running.splice(0).forEach((timekeeper) => timekeeper.pause()));

const keeping = (speed: number) => {
  const { world, ctx } = serviceWorld([]);
  const timekeeper = new Timekeeper(world, speed);
  running.push(timekeeper);
  timekeeper.run();
  return { world, ctx, timekeeper, began: world.now() };
};

test('an unowned world runs in real time at its speed', async () => {
  const { world, began } = keeping(100);
  await pass(400);
  const seconds = (world.now() - began) / 1000;
  expect(seconds).toBeGreaterThan(15);
  expect(seconds).toBeLessThan(200);
});

test('an unowned world without a speed stands still', async () => {
  const { world, began } = keeping(0);
  await pass(150);
  expect(world.now()).toBe(began);
});

test('an owned world moves only when its owner sleeps', async () => {
  const { world, timekeeper } = keeping(100);
  const lease = await timekeeper.take('a run');
  const taken = world.now();
  await pass(250);
  expect(world.now()).toBe(taken);
  expect(await timekeeper.sleepUntil(lease, taken + 60_000)).toBe(taken + 60_000);
});

test('only one can own the clock', async () => {
  const { timekeeper } = keeping(0);
  await timekeeper.take('a run');
  await expect(timekeeper.take('another')).rejects.toThrow('held by a run');
});

test('who does not hold the lease cannot sleep', async () => {
  const { timekeeper, began } = keeping(0);
  await expect(timekeeper.sleepUntil('no-lease', began + 1)).rejects.toThrow('does not hold the clock');
});

test('a released world runs on', async () => {
  const { world, timekeeper } = keeping(100);
  timekeeper.release(await timekeeper.take('a run'));
  const released = world.now();
  await pass(300);
  expect(world.now()).toBeGreaterThan(released);
});

test('a world whose owner was lost stands still until the next owner', async () => {
  const { world, timekeeper } = keeping(100);
  timekeeper.drop(await timekeeper.take('a run'));
  const dropped = world.now();
  await pass(250);
  expect(world.now()).toBe(dropped);
  const lease = await timekeeper.take('its successor');
  timekeeper.release(lease);
  await pass(300);
  expect(world.now()).toBeGreaterThan(dropped);
});

test('a sleep ends with the lease, at the event during which it was lost', async () => {
  const { world, ctx, timekeeper, began } = keeping(0);
  const lease = await timekeeper.take('a run');
  ctx().after(10, 'the owner dies', () => timekeeper.drop(lease));
  ctx().after(20, 'something later', () => undefined);
  await expect(timekeeper.sleepUntil(lease, began + 3_600_000)).rejects.toThrow('does not hold the clock');
  expect(world.now()).toBe(began + 10_000);
});
