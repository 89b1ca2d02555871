import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { ec2 } from '../../../twin/services/ec2/index.js';
import { backupWorld } from '../../helpers/backup-world.js';
import { databaseWorld } from '../../helpers/database-world.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';

test('no DB instance can be made in the region, until the quota is raised', async () => {
  const world = await databaseWorld();
  await injectFault(world.world, 'quota-exceeded', { region, forSeconds: 600 });
  const create = (id: string, where = region) => world.call('rds', 'CreateDBInstance', world.order(id), where);
  await expect(create('one')).rejects.toMatchObject({ code: 'InstanceQuotaExceededFault', message: 'DB Instance quota exceeded' });
  await expect(create('one', 'eu-central-1')).resolves.toMatchObject({});
  await world.pass(600);
  await expect(create('one')).resolves.toMatchObject({});
});

test('the account’s attributes show it used up, in that region, while it is', async () => {
  const world = await databaseWorld();
  const instances = async (where: string): Promise<unknown> => {
    const { AccountQuotas } = await world.call<{ AccountQuotas: { AccountQuotaName: string }[] }>(
      'rds',
      'DescribeAccountAttributes',
      {},
      where,
    );
    return AccountQuotas.find(({ AccountQuotaName }) => AccountQuotaName === 'DBInstances');
  };
  await injectFault(world.world, 'quota-exceeded', { region, forSeconds: 600 });
  expect(await instances(region)).toMatchObject({ Used: 40, Max: 40 });
  expect(await instances('eu-central-1')).toMatchObject({ Used: 0, Max: 40 });
  await world.pass(600);
  expect(await instances(region)).toMatchObject({ Used: 0, Max: 40 });
});

test('a restore job that needs one more is accepted, and fails with what RDS said', async () => {
  const world = await backupWorld();
  const point = await world.copy();
  await injectFault(world.world, 'quota-exceeded', { region: 'eu-central-1' });
  const { RestoreJobId } = await world.restore(point, {});
  await world.pass(300);
  expect(await world.restoreJob(RestoreJobId)).toMatchObject({ Status: 'FAILED', StatusMessage: 'DB Instance quota exceeded' });
});

test('other quotas go by their names, and bite nothing else', async () => {
  const { world, call } = serviceWorld([ec2]);
  await injectFault(world, 'quota-exceeded', { region, with: { quota: 'ec2.vpcs' } });
  await expect(call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' })).rejects.toMatchObject({ code: 'VpcLimitExceeded' });
  await expect(call('ec2', 'AllocateAddress', {})).resolves.toMatchObject({});
});
