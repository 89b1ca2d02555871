import { expect, it } from '@jest/globals';
import { ssmPointApplication } from '../../../recovery/steps/ssm-point-application.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const endpoint = 'example-frankfurt-db-1a2b.abcdef.eu-central-1.rds.amazonaws.com';
const standby = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await world.call('ssm', 'PutParameter', { Name: world.targets.site.databaseEndpointParameter, Value: 'none', Type: 'String' });
  return world;
};
const parameter = async (world: RecoveryWorld) => {
  const Name = world.targets.site.databaseEndpointParameter;
  const { Parameter } = await world.call<{ Parameter: { Value: string } }>('ssm', 'GetParameter', { Name });
  return Parameter.Value;
};

stepSuite(ssmPointApplication, { world: standby, input: () => ({ endpoint }), observe: parameter });

it('writes once however often it is started, and still knows what was there before', async () => {
  const world = await standby();
  await ssmPointApplication.start({ endpoint }, world.context());
  const { handle } = await carryOut(ssmPointApplication, { endpoint }, world);
  expect(handle).toEqual({ previous: 'none' });
  expect(world.ledger.since().filter(({ operation }) => operation === 'PutParameter')).toHaveLength(2);
});

it('is not satisfied when somebody else pointed it elsewhere since', async () => {
  const world = await standby();
  await carryOut(ssmPointApplication, { endpoint }, world);
  await world.call('ssm', 'PutParameter', { Name: world.targets.site.databaseEndpointParameter, Value: 'elsewhere', Overwrite: true });
  const [evidence] = await ssmPointApplication.verify({ endpoint }, { endpoint }, world.context());
  expect(evidence).toMatchObject({ holds: false, expected: endpoint, observed: 'elsewhere' });
});
