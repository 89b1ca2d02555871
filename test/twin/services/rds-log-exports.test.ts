import { expect, test } from '@jest/globals';
import { databaseWorld } from '../../helpers/database-world.js';

const CloudwatchLogsExportConfiguration = { EnableLogTypes: ['postgresql'], DisableLogTypes: ['upgrade'] };

test('log exports change in their own time, whether the window is waited for or not, and are pending until then', async () => {
  const world = await databaseWorld();
  await world.database('orders', { EnableCloudwatchLogsExports: ['upgrade'] });
  await world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', CloudwatchLogsExportConfiguration });
  expect(await world.instance('orders')).toMatchObject({
    DBInstanceStatus: 'available',
    EnabledCloudwatchLogsExports: ['upgrade'],
    PendingModifiedValues: { PendingCloudwatchLogsExports: { LogTypesToEnable: ['postgresql'], LogTypesToDisable: ['upgrade'] } },
  });
  await world.pass(25);
  expect(await world.instance('orders')).toMatchObject({ DBInstanceStatus: 'configuring-log-exports' });
  await world.pass(300);
  expect(await world.instance('orders')).toMatchObject({
    DBInstanceStatus: 'available',
    EnabledCloudwatchLogsExports: ['postgresql'],
    PendingModifiedValues: {},
  });
});

test('what is exported already is nothing to change, and a log that PostgreSQL does not have is refused', async () => {
  const world = await databaseWorld();
  await world.database('orders', { EnableCloudwatchLogsExports: ['postgresql'] });
  const modify = (EnableLogTypes: string[]) =>
    world.call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'orders', CloudwatchLogsExportConfiguration: { EnableLogTypes } });
  await modify(['postgresql']);
  expect((await world.instance('orders')).PendingModifiedValues).toEqual({});
  await expect(modify(['slowquery'])).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
});
