import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { databaseWorld } from '../../helpers/database-world.js';

const region = 'eu-west-1';
const stale = async (forSeconds?: number, given: object = { service: 'rds' }) => {
  const world = await databaseWorld();
  await world.database('old');
  await injectFault(world.world, 'stale-read', { region, forSeconds, with: { ...given, seconds: 60 } });
  const status = (id: string, where?: string) => world.status(id, where).catch(({ code }: { code: string }) => code);
  return { ...world, status };
};

test('what was just made is not there yet, and is once its creation is old enough', async () => {
  const { call, order, pass, status } = await stale();
  await call('rds', 'CreateDBInstance', order('new'));
  expect([await status('new'), await status('old')]).toEqual(['DBInstanceNotFoundFault', 'available']);
  await pass(59);
  expect(await status('new')).toBe('DBInstanceNotFoundFault');
  await pass(1);
  expect(await status('new')).toBe('creating');
});

test('what was changed looks as before for as long, and what changes by itself does too', async () => {
  const { call, pass, status, instance } = await stale();
  await call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'old', DeletionProtection: true });
  expect((await instance('old')).DeletionProtection).toBe(false);
  await call('rds', 'RebootDBInstance', { DBInstanceIdentifier: 'old' });
  expect(await status('old')).toBe('available');
  await pass(60);
  expect([await status('old'), (await instance('old')).DeletionProtection]).toEqual(['rebooting', true]);
  await pass(60);
  expect(await status('old')).toBe('available');
});

test('writes see the world as it is, and so do services and other regions', async () => {
  const { call, ctx, order, status } = await stale();
  await call('rds', 'CreateDBInstance', order('new'));
  await expect(call('rds', 'CreateDBInstance', order('new'))).rejects.toMatchObject({ code: 'DBInstanceAlreadyExistsFault' });
  const internal = ctx().onBehalf('backup').call('rds', 'DescribeDBInstances', { DBInstanceIdentifier: 'new' });
  await expect(internal).resolves.toMatchObject({});
  await call('rds', 'CreateDBInstance', order('new'), 'eu-central-1');
  expect(await status('new', 'eu-central-1')).toBe('creating');
});

test('it is over when its time is', async () => {
  const { call, order, pass, status } = await stale(30);
  await pass(29);
  await call('rds', 'CreateDBInstance', order('new'));
  expect(await status('new')).toBe('DBInstanceNotFoundFault');
  await pass(1);
  expect(await status('new')).toBe('creating');
});

test('one service lags, or all of them do', async () => {
  const missing = async (world: Awaited<ReturnType<typeof stale>>): Promise<unknown> => {
    const { KeyMetadata: key } = await world.call<{ KeyMetadata: { KeyId: string } }>('kms', 'CreateKey');
    return world.call('kms', 'DescribeKey', { KeyId: key.KeyId }).catch(({ code }: { code: string }) => code);
  };
  expect(await missing(await stale(600))).toMatchObject({ KeyMetadata: {} });
  expect(await missing(await stale(600, {}))).toBe('NotFoundException');
});
