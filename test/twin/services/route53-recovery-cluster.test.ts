import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RoutingControl } from '@aws-sdk/client-route53-recovery-cluster';
import { services } from '../../../twin/services/index.js';
import { arcRegion, clusterRegions, routingControlsStand, routingControlsTemplate } from '../../helpers/routing-controls.js';
import { serviceWorld } from '../../helpers/service-world.js';

const stands = async () => {
  const world = serviceWorld(services, { region: arcRegion });
  const arns = await routingControlsStand(world, ['dublin', 'frankfurt']);
  const ask = <Output>(operation: string, input: object, region: string = 'ap-southeast-2') =>
    world.call<Output>('route53-recovery-cluster', operation, input, region);
  const set = (one: string, other: string, more: object = {}, region?: string) =>
    ask(
      'UpdateRoutingControlStates',
      {
        UpdateRoutingControlStateEntries: [
          { RoutingControlArn: arns['One'], RoutingControlState: one },
          { RoutingControlArn: arns['Other'], RoutingControlState: other },
        ],
        ...more,
      },
      region,
    );
  const states = async (region?: string) =>
    (await ask<{ RoutingControls: RoutingControl[] }>('ListRoutingControls', {}, region)).RoutingControls.map(
      ({ RoutingControlName, RoutingControlState }) => `${RoutingControlName} ${RoutingControlState}`,
    );
  return { ...world, arns, ask, set, states };
};
let world: Awaited<ReturnType<typeof stands>>;
beforeEach(async () => {
  world = await stands();
});

describe('the endpoints of a cluster', () => {
  test('know one state, whichever of them was told: off at first', async () => {
    expect(await world.states()).toEqual(['dublin Off', 'frankfurt Off']);
    await world.set('On', 'Off', {}, 'eu-west-1');
    for (const region of clusterRegions)
      expect({ region, states: await world.states(region) }).toEqual({ region, states: ['dublin On', 'frankfurt Off'] });
    expect(await world.ask('GetRoutingControlState', { RoutingControlArn: world.arns['One'] })).toEqual({
      RoutingControlArn: world.arns['One'],
      RoutingControlName: 'dublin',
      RoutingControlState: 'On',
    });
  });

  test('answer while three of their five regions stand, and then none does', async () => {
    for (const region of ['us-west-2', 'eu-west-1']) await world.world.loseRegion(region);
    await world.set('On', 'Off');
    await expect(world.states('eu-west-1')).rejects.toThrow('region eu-west-1 is lost');
    expect(await world.states()).toEqual(['dublin On', 'frankfurt Off']);
    await world.world.loseRegion('us-east-1');
    await expect(world.states()).rejects.toMatchObject({ code: 'EndpointTemporarilyUnavailableException' });
  });

  test('are in no other region, and know no control that was never made', async () => {
    await expect(world.set('On', 'Off', {}, 'eu-central-1')).rejects.toThrow('has no endpoint in eu-central-1');
    await expect(world.ask('GetRoutingControlState', { RoutingControlArn: `${world.arns['One']}0` })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('list in pages, and refuse what is no state, or no change at all', async () => {
    const first = await world.ask<{ RoutingControls: RoutingControl[]; NextToken: string }>('ListRoutingControls', { MaxResults: 1 });
    const { NextToken } = first;
    const second = await world.ask<{ RoutingControls: RoutingControl[] }>('ListRoutingControls', { MaxResults: 1, NextToken });
    expect([...first.RoutingControls, ...second.RoutingControls].map(({ RoutingControlName }) => RoutingControlName)).toEqual([
      'dublin',
      'frankfurt',
    ]);
    await expect(world.set('on', 'Off')).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(world.ask('UpdateRoutingControlStates', { UpdateRoutingControlStateEntries: [] })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});

describe('an assertion rule', () => {
  const off = (more: object = {}) =>
    world.ask('UpdateRoutingControlState', { RoutingControlArn: world.arns['One'], RoutingControlState: 'Off', ...more });

  test('lets no change turn everything off, names itself, and nothing of the change is done', async () => {
    await world.set('On', 'Off');
    await world.pass(10);
    await expect(off()).rejects.toMatchObject({ code: 'ConflictException', message: expect.stringContaining(world.arns['Rule']!) });
    await expect(world.set('Off', 'Off')).rejects.toThrow('0 of 2 routing controls would be on');
    expect(await world.states()).toEqual(['dublin On', 'frankfurt Off']);
  });

  test('judges what is changed together as it would be afterwards', async () => {
    await world.set('On', 'Off');
    await world.pass(10);
    await world.set('Off', 'On');
    expect(await world.states()).toEqual(['dublin Off', 'frankfurt On']);
  });

  test('refuses any change within its wait period', async () => {
    await world.set('On', 'Off');
    await world.pass(4);
    await expect(world.set('Off', 'On')).rejects.toThrow('its wait period of 5000 ms is not over');
  });

  test('can be overridden by name', async () => {
    await world.set('On', 'Off');
    await off({ SafetyRulesToOverride: [world.arns['Rule']] });
    expect(await world.states()).toEqual(['dublin Off', 'frankfurt Off']);
    await expect(off({ SafetyRulesToOverride: ['arn:of:none'] })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('a stack of routing controls', () => {
  const made = async (template: object, region: string) => {
    const there = serviceWorld(services, { region });
    await there.call('cloudformation', 'CreateStack', { StackName: 'controls', TemplateBody: JSON.stringify(template) });
    await there.pass(900);
    const { StackEvents } = await there.call<{ StackEvents: { ResourceStatusReason?: string }[] }>(
      'cloudformation',
      'DescribeStackEvents',
      {
        StackName: 'controls',
      },
    );
    return StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason ?? '').join('\n');
  };

  test('is refused where CloudFormation does not have the types', async () => {
    expect(await made(routingControlsTemplate(['dublin', 'frankfurt']), 'eu-west-1')).toContain(
      'Unrecognized resource types: [AWS::Route53RecoveryControl::Cluster]',
    );
  });

  test('is refused with a gating rule, which the twin does not have', async () => {
    const gating = { GatingRule: { GatingControls: [], TargetControls: [], WaitPeriodMs: 0 } };
    expect(await made(routingControlsTemplate(['dublin', 'frankfurt'], gating), arcRegion)).toContain('SafetyRule with GatingRule');
  });

  test('goes with everything in it', async () => {
    await world.call('cloudformation', 'DeleteStack', { StackName: 'routing-controls' });
    await world.pass(300);
    await expect(world.ask('GetRoutingControlState', { RoutingControlArn: world.arns['One'] })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
