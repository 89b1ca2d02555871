import { expect, test } from '@jest/globals';
import { services } from '../../../twin/services/index.js';
import { routingControlsStand } from '../../helpers/routing-controls.js';
import { a, zoneWorld } from '../../helpers/zone-world.js';

/** A failover pair, each of whose records follows a routing control. */
const pair = async () => {
  const world = await zoneWorld(services.filter(({ id }) => id !== 'route-53'));
  const arns = await routingControlsStand({ call: world.callOther, pass: world.pass }, ['one', 'two']);
  const follow = (RoutingControlArn: string | undefined, more: object = {}) =>
    world.call<{ HealthCheck: { Id: string } }>('CreateHealthCheck', {
      CallerReference: `${RoutingControlArn}${JSON.stringify(more)}`,
      HealthCheckConfig: { Type: 'RECOVERY_CONTROL', RoutingControlArn, ...more },
    });
  const [one, two] = [await follow(arns['One']), await follow(arns['Other'])];
  await world.change(
    ['CREATE', a('www.example.com', '192.0.2.1', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId: one.HealthCheck.Id })],
    ['CREATE', a('www.example.com', '192.0.2.2', { Failover: 'SECONDARY', SetIdentifier: 'two', HealthCheckId: two.HealthCheck.Id })],
  );
  await world.pass(120);
  const set = (state: readonly [string, string], region = 'us-east-1') =>
    world.callOther(
      'route53-recovery-cluster',
      'UpdateRoutingControlStates',
      {
        UpdateRoutingControlStateEntries: ['One', 'Other'].map((id, index) => ({
          RoutingControlArn: arns[id],
          RoutingControlState: state[index],
        })),
      },
      region,
    );
  return { ...world, arns, follow, set, answered: () => world.data('www.example.com') };
};

test('a failover pair follows its routing controls; with both off it answers the primary, as nobody is healthy', async () => {
  const { set, pass, answered } = await pair();
  expect(answered()).toEqual(['192.0.2.1']);
  await set(['On', 'Off']);
  await pass(30);
  expect(answered()).toEqual(['192.0.2.1']);
  await set(['Off', 'On']);
  await pass(30);
  expect(answered()).toEqual(['192.0.2.2']);
});

test('with the control planes in us-east-1 and us-west-2 lost, answers still follow what the other endpoints are told', async () => {
  const { set, pass, answered, world } = await pair();
  await set(['On', 'Off']);
  await pass(30);
  for (const region of ['us-east-1', 'us-west-2']) await world.loseRegion(region);
  await set(['Off', 'On'], 'ap-northeast-1');
  await pass(30);
  expect(answered()).toEqual(['192.0.2.2']);
});

test('without a quorum of regions nothing more can be changed, and answers stay as they were', async () => {
  const { set, pass, answered, world } = await pair();
  await set(['Off', 'On']);
  await pass(30);
  for (const region of ['us-east-1', 'us-west-2', 'eu-west-1']) await world.loseRegion(region);
  await expect(set(['On', 'Off'], 'ap-northeast-1')).rejects.toMatchObject({ code: 'EndpointTemporarilyUnavailableException' });
  await pass(60);
  expect(answered()).toEqual(['192.0.2.2']);
});

test('a check of no routing control is refused; one that is inverted is healthy while its control is off', async () => {
  const { follow, call, change, pass, data, arns } = await pair();
  await expect(follow(undefined)).rejects.toMatchObject({ code: 'InvalidInput' });
  await expect(follow(`${arns['One']}0`)).rejects.toThrow('could not be found');
  const { HealthCheck } = await follow(arns['One'], { Inverted: true });
  await change(
    ['CREATE', a('inverted.example.com', '192.0.2.3', { Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId: HealthCheck.Id })],
    ['CREATE', a('inverted.example.com', '192.0.2.4', { Failover: 'SECONDARY', SetIdentifier: 'two' })],
  );
  await pass(120);
  expect(data('inverted.example.com')).toEqual(['192.0.2.3']);
  await call('UpdateHealthCheck', { HealthCheckId: HealthCheck.Id, Inverted: false });
  expect(data('inverted.example.com')).toEqual(['192.0.2.4']);
});
