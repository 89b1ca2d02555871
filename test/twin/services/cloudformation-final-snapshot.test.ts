import { expect, test } from '@jest/globals';
import { cloudFormation } from '../../../twin/services/cloudformation/index.js';
import type { Service } from '../../../twin/services/service.js';
import { serviceWorld } from '../../helpers/service-world.js';

/** As much of RDS as a template's database needs, deletions written down. */
const databases = () => {
  const deletions: object[] = [];
  const rds = {
    id: 'rds',
    reach: 'regional',
    sdk: async () => ({}),
    operations: { DeleteDBInstance: (input: object) => void deletions.push(input) },
    resourceTypes: [
      {
        type: 'AWS::RDS::DBInstance',
        replacedOn: ['Engine'],
        create: async (properties: { DBInstanceIdentifier: string }) => ({ physicalId: properties.DBInstanceIdentifier }),
        update: async (physicalId: string) => ({ physicalId }),
        delete: async () => void deletions.push({ plainly: true }),
      },
    ],
  } as unknown as Service;
  const all: Service[] = [rds, cloudFormation(() => all)];
  return { ...serviceWorld(all), deletions };
};

test.each([
  ['Snapshot', { DeletionPolicy: 'Snapshot' }],
  ['no policy at all', {}],
])('a database with %s is deleted with a final snapshot named for stack and resource', async (_name, policy) => {
  const world = databases();
  const TemplateBody = JSON.stringify({
    Resources: { Db: { Type: 'AWS::RDS::DBInstance', ...policy, Properties: { DBInstanceIdentifier: 'db' } } },
  });
  await world.call('cloudformation', 'CreateStack', { StackName: 'Data', TemplateBody });
  await world.pass(60);
  await world.call('cloudformation', 'DeleteStack', { StackName: 'Data' });
  await world.pass(60);
  expect(world.deletions).toEqual([
    {
      DBInstanceIdentifier: 'db',
      SkipFinalSnapshot: false,
      FinalDBSnapshotIdentifier: expect.stringMatching(/^data-snapshot-db-[a-z0-9]{12}$/) as unknown,
    },
  ]);
});

test('a database whose policy is Delete is deleted as its own type does it', async () => {
  const world = databases();
  const TemplateBody = JSON.stringify({
    Resources: { Db: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBInstanceIdentifier: 'db' } } },
  });
  await world.call('cloudformation', 'CreateStack', { StackName: 'Data', TemplateBody });
  await world.pass(60);
  await world.call('cloudformation', 'DeleteStack', { StackName: 'Data' });
  await world.pass(60);
  expect(world.deletions).toEqual([{ plainly: true }]);
});
