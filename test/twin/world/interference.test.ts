import { expect, test } from '@jest/globals';
import type { Service } from '../../../twin/services/service.js';
import { AwsError } from '../../../twin/wire/aws-error.js';
import type { Context } from '../../../twin/world/context.js';
import type { Interference } from '../../../twin/world/interference.js';
import { regional } from '../../../twin/world/state.js';
import { Records } from '../../../twin/world/state.js';
import { serviceWorld } from '../../helpers/service-world.js';

const held = regional('held', () => ({ value: 0 }));
/** Counts its puts; an event puts too. */
const counter: Service = {
  id: 'counter',
  reach: 'regional',
  sdk: async () => ({}),
  operations: {
    Put: (_input: object, ctx: Context) => ({ value: ++ctx.state(held).value }),
    Get: (_input: object, ctx: Context) => ({ value: ctx.state(held).value }),
    PutLater: ({ in: seconds }: { in: number }, ctx: Context) => {
      ctx.after(seconds, 'put', (then) => void ++then.state(held).value);
      return {};
    },
  },
};
const interfered = (hooks: Interference, forSeconds?: number) => {
  const world = serviceWorld([counter]);
  const at = world.world.now();
  const until = forSeconds === undefined ? undefined : at + forSeconds * 1000;
  world.world.interferences.add({ name: 'test', region: 'eu-west-1', with: {}, at, until }, hooks);
  return { ...world, value: () => world.ctx().state(held).value };
};

test('a call that is interfered with does not reach its operation, and the ledger says what it was answered', async () => {
  const { call, value, ledger } = interfered({
    call: ({ operation }) => {
      if (operation === 'Put') throw new AwsError('Throttling', 'Rate exceeded');
    },
  });
  await expect(call('counter', 'Put')).rejects.toMatchObject({ code: 'Throttling' });
  expect(value()).toBe(0);
  expect(await call('counter', 'Get')).toEqual({ value: 0 });
  expect(ledger.since().map(({ error }) => error)).toEqual(['Throttling', undefined]);
});

test('it is over when its time is', async () => {
  const { call, pass, world } = interfered({ answer: () => ({ value: 'other' }) }, 60);
  await pass(59);
  expect(await call('counter', 'Get')).toEqual({ value: 'other' });
  expect(world.interferences.history.map((one) => world.interferences.isActive(one))).toEqual([true]);
  await pass(1);
  expect(await call('counter', 'Get')).toEqual({ value: 0 });
  expect(world.interferences.history.map((one) => world.interferences.isActive(one))).toEqual([false]);
});

test('a call may see other records, and changes the present ones no more than they do', async () => {
  const old = new Records();
  old.of(held, '111122223333', 'eu-west-1').value = 41;
  const { call, value } = interfered({ sees: () => old });
  expect(await call('counter', 'Put')).toEqual({ value: 42 });
  expect(value()).toBe(0);
});

test('an event that never runs is gone for good', async () => {
  const { call, pass, value } = interfered({ event: () => 'never' }, 60);
  await call('counter', 'PutLater', { in: 30 });
  await call('counter', 'PutLater', { in: 90 });
  await pass(3600);
  expect(value()).toBe(1);
});

test('an event that is put off runs later, also when its operation is completed early', async () => {
  const putOff = { event: (_event: object, at: number) => ({ inSeconds: (Date.parse('2030-01-01T02:10:00Z') - at) / 1000 }) };
  const waiting = interfered(putOff, 600);
  await waiting.call('counter', 'PutLater', { in: 30 });
  await waiting.pass(599);
  expect(waiting.value()).toBe(0);
  await waiting.pass(1);
  expect(waiting.value()).toBe(1);

  const completed = interfered(putOff, 600);
  await completed.ctx().operation('deploy').call('counter', 'PutLater', { in: 30 });
  expect(await completed.ctx().completeOperation('deploy')).toBe(600);
  expect(completed.value()).toBe(1);
});

test('what ends is over at once, and stays in the history', () => {
  const { world } = interfered({});
  world.interferences.end('test', 'eu-central-1');
  expect(world.interferences.history).toMatchObject([{ until: undefined }]);
  world.interferences.end('test', 'eu-west-1');
  expect(world.interferences.history).toMatchObject([{ until: world.now() }]);
});
