import { expect, it } from '@jest/globals';
import { cloudformationDeployStack } from '../../../recovery/steps/cloudformation-deploy-stack.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { serviceStackNow, serviceStackStands } from '../../../recovery/simulation/standing/stack.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const standingBy = async (resources: Record<string, object> = {}): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await serviceStackStands(world, resources);
  return world;
};
const values = async (world: RecoveryWorld) => {
  const { Parameters } = await world.call<{ Parameters: { Name: string; Value: string }[] }>('ssm', 'GetParameters', {
    Names: ['/test/service', '/test/image'],
  });
  return Object.fromEntries(Parameters.map(({ Name, Value }) => [Name, Value]));
};
const parameters = async (world: RecoveryWorld) =>
  Object.fromEntries((await serviceStackNow(world)).Parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]));

stepSuite(cloudformationDeployStack, {
  world: () => standingBy(),
  input: () => ({}),
  observe: async (world) => ({ ...(await parameters(world)), ...(await values(world)) }),
});

it('changes the capacity and nothing else', async () => {
  const world = await standingBy();
  await carryOut(cloudformationDeployStack, {}, world);
  expect(await parameters(world)).toEqual({ Capacity: 'active', Image: 'sealed' });
  expect(await values(world)).toEqual({ '/test/service': '2 tasks', '/test/image': 'sealed' });
});

it('does nothing to a stack that says so already', async () => {
  const world = await standingBy();
  await carryOut(cloudformationDeployStack, {}, world);
  const before = world.ledger.since().length;
  await carryOut(cloudformationDeployStack, {}, world, world.attempt(2));
  expect(world.ledger.since(before).filter(({ plane }) => plane === 'control-write')).toEqual([]);
});

const onlyWhenActive = { Condition: 'Active' };
const whenActive = (active: string, standby: string) => ({ 'Fn::If': ['Active', active, standby] });
const role = { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } };

it.each<[string, Record<string, object>, string]>([
  [
    'replaces a resource',
    { Named: { Type: 'AWS::SSM::Parameter', Properties: { Name: whenActive('/test/a', '/test/b'), Type: 'String', Value: 'x' } } },
    'replaces Named',
  ],
  [
    'removes a resource',
    {
      Standby: { Type: 'AWS::SSM::Parameter', Condition: 'StandingBy', Properties: { Name: '/test/c', Type: 'String', Value: 'x' } },
    },
    'Remove of Standby',
  ],
  ['adds a role', { Role: { Type: 'AWS::IAM::Role', ...onlyWhenActive, Properties: role } }, 'Add Role (AWS::IAM::Role)'],
  ['adds what holds data', { Bucket: { Type: 'AWS::S3::Bucket', ...onlyWhenActive } }, 'Add Bucket (AWS::S3::Bucket)'],
])('refuses a change set that %s, and executes nothing', async (_what, resources, objection) => {
  const world = await standingBy(resources);
  const before = await values(world);
  await expect(carryOut(cloudformationDeployStack, {}, world)).rejects.toMatchObject({
    kind: 'rejected',
    code: 'dangerous-change',
    message: expect.stringContaining(objection) as unknown,
  });
  expect(await values(world)).toEqual(before);
  expect(world.asked.map(({ operation }) => operation)).not.toContain('ExecuteChangeSet');
});

it('holds with the stack’s own words when the update is rolled back', async () => {
  const world = await standingBy({
    Breaks: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/d', Type: 'String', Value: whenActive('x'.repeat(5000), 'x') } },
  });
  await expect(carryOut(cloudformationDeployStack, {}, world)).rejects.toMatchObject({
    kind: 'unexpected-status',
    message: expect.stringContaining('UPDATE_ROLLBACK') as unknown,
  });
});
