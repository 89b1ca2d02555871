import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Context } from '../../../twin/world/context.js';
import { serviceWorld } from '../../helpers/service-world.js';

/** Does something every `seconds` for ever, as the operation of `ctx`; `happened` counts. */
const forEver = (ctx: Context, seconds: number, happened: { times: number }): void =>
  ctx.after(seconds, 'again', (then) => {
    happened.times += 1;
    forEver(then, seconds, happened);
  });

test('completing an operation ends when it is over, and leaves to the clock what it has set going', async () => {
  const { world, ctx, pass: sleep } = serviceWorld([]);
  const began = world.now();
  const happened = { times: 0 };
  forEver(ctx().operation('stack'), 5, happened);
  expect(await ctx().completeOperation('stack', () => happened.times === 12)).toBe(60);
  expect([happened.times, world.now(), world.pendingEvents]).toEqual([12, began, 1]);
  await sleep(60);
  expect(happened.times).toBe(12);
  await sleep(10);
  expect(happened.times).toBe(14);
});

test('completing an operation that is never over ends after a day of it, however often it is asked for', async () => {
  const { ctx } = serviceWorld([]);
  const happened = { times: 0 };
  forEver(ctx().operation('stack'), 60, happened);
  expect(await ctx().completeOperation('stack')).toBe(86_400);
  expect(await ctx().completeOperation('stack')).toBe(0);
  expect(happened.times).toBe(1440);
});

test('the process attends to everything else between two events, also when they never end', async () => {
  const { world, ctx, pass: sleep } = serviceWorld([]);
  const happened = { times: 0 };
  forEver(ctx(), 1, happened);
  const within = { sleep: 0, completion: 0 };
  setTimeout(() => (within.sleep = happened.times), 1);
  await sleep(20_000);
  expect(within.sleep).toBeGreaterThan(0);
  expect(within.sleep).toBeLessThan(20_000);
  const ahead = { times: 0 };
  forEver(ctx().operation('stack'), 4, ahead);
  setTimeout(() => (within.completion = ahead.times), 1);
  await ctx().completeOperation('stack');
  expect(within.completion).toBeGreaterThan(0);
  expect(within.completion).toBeLessThan(21_600);
  expect(world.pendingEvents).toBe(2);
});

test('events of one operation never run side by side: its completion waits for the one that a sleep is running', async () => {
  const { world, ctx } = serviceWorld([]);
  const seen: string[] = [];
  const operation = ctx().operation('stack');
  operation.after(1, 'a task starts', async (then) => {
    seen.push('starting');
    await pass(50);
    seen.push('started');
    then.after(1, 'it is healthy', () => void seen.push('healthy'));
  });
  operation.after(10, 'patience ends', () => void seen.push('gave up waiting'));
  const sleeping = world.sleepUntil(world.now() + 5_000);
  await pass(10);
  await ctx().completeOperation('stack');
  await sleeping;
  expect(seen).toEqual(['starting', 'started', 'healthy', 'gave up waiting']);
});

test('a sleep leaves an operation alone while it is being completed', async () => {
  const { world, ctx } = serviceWorld([]);
  const seen: string[] = [];
  const operation = ctx().operation('stack');
  operation.after(1, 'a task starts', async () => {
    seen.push('starting');
    await pass(50);
    seen.push('started');
  });
  operation.after(10, 'patience ends', () => void seen.push('gave up waiting'));
  ctx().after(10, 'a probe of somebody else', () => void seen.push('probed'));
  const completed = ctx().completeOperation('stack');
  await world.sleepUntil(world.now() + 60_000);
  await completed;
  expect(seen).toEqual(['starting', 'probed', 'started', 'gave up waiting']);
});

test('two that complete one operation at a time wait for one completion', async () => {
  const { ctx } = serviceWorld([]);
  ctx()
    .operation('stack')
    .after(30, 'slow', () => pass(20));
  expect(await Promise.all([ctx().completeOperation('stack'), ctx().completeOperation('stack')])).toEqual([30, 30]);
});

test('nothing is scheduled in the past, also by what the clock has overtaken', async () => {
  const { world, ctx, pass: sleep } = serviceWorld([]);
  const began = world.now();
  const held: Context[] = [];
  ctx().after(1, 'something that keeps its context', (then) => void held.push(then));
  await sleep(100);
  let at = 0;
  held[0]!.after(5, 'later', () => void (at = world.now()));
  await sleep(4);
  expect(at).toBe(0);
  await sleep(1);
  expect(at).toBe(began + 105_000);
});

test('what real processes tell happens at the present, not at the moment to which a completed operation had skipped', async () => {
  const { ctx, pass: sleep } = serviceWorld([]);
  const seen: string[] = [];
  let told: Context | undefined;
  ctx()
    .operation('stack')
    .after(600, 'a process starts', (then) => void (told = then.present()));
  await ctx().completeOperation('stack');
  told!.after(0, 'a log line', () => void seen.push('line'));
  await sleep(0);
  expect(seen).toEqual(['line']);
});
