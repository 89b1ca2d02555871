import { expect, test } from '@jest/globals';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { resourceNames, resourceTypeOf } from '../../helpers/resource-names.js';
import { serviceWorld } from '../../helpers/service-world.js';

const DashboardBody = JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: 'made by a stack' } }] });
const begin = () => {
  const world = serviceWorld([cloudWatch]);
  return { ...world, call: (operation: string, input: object = {}) => world.call('cloudwatch', operation, input) };
};

test('a dashboard is seen as it was put, until it is deleted', async () => {
  const { call } = begin();
  await call('PutDashboard', { DashboardName: 'dublin', DashboardBody });
  expect(await call('GetDashboard', { DashboardName: 'dublin' })).toMatchObject({
    DashboardArn: 'arn:aws:cloudwatch::111122223333:dashboard/dublin',
    DashboardBody,
  });
  expect(await call('ListDashboards', { DashboardNamePrefix: 'dub' })).toMatchObject({ DashboardEntries: [{ DashboardName: 'dublin' }] });
  expect(await call('ListDashboards', { DashboardNamePrefix: 'frank' })).toMatchObject({ DashboardEntries: [] });
  await call('DeleteDashboards', { DashboardNames: ['dublin'] });
  await expect(call('GetDashboard', { DashboardName: 'dublin' })).rejects.toMatchObject({ code: 'DashboardNotFoundError' });
});

test('a body that shows nothing is refused, and of several dashboards none is deleted when one is not there', async () => {
  const { call } = begin();
  for (const body of ['{', '{}'])
    await expect(call('PutDashboard', { DashboardName: 'dublin', DashboardBody: body })).rejects.toMatchObject({
      code: 'DashboardInvalidInputError',
    });
  await call('PutDashboard', { DashboardName: 'dublin', DashboardBody });
  await expect(call('DeleteDashboards', { DashboardNames: ['dublin', 'nowhere'] })).rejects.toMatchObject({
    code: 'DashboardNotFoundError',
  });
  expect(await call('ListDashboards')).toMatchObject({ DashboardEntries: [{ DashboardName: 'dublin' }] });
});

test('a stack makes, changes and deletes one', async () => {
  const { call, ctx } = begin();
  const type = resourceTypeOf(cloudWatch, 'AWS::CloudWatch::Dashboard');
  const { physicalId } = await type.create({ DashboardName: 'dublin', DashboardBody }, ctx(), resourceNames());
  const changed = JSON.stringify({ widgets: [] });
  await type.update!(physicalId, { DashboardName: 'dublin', DashboardBody: changed }, {}, ctx(), resourceNames());
  expect(await call('GetDashboard', { DashboardName: 'dublin' })).toMatchObject({ DashboardBody: changed });
  await type.delete(physicalId, {}, ctx());
  await type.delete(physicalId, {}, ctx());
  expect(await call('ListDashboards')).toMatchObject({ DashboardEntries: [] });
});
