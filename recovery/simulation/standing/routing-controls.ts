import type { KnownControls } from '../../../lib/contract/routing-control-settings.js';
import { stackStands } from './stack.js';
import type { StandingWorld } from './standing-world.js';

/** Where ARC is configured. */
export const arcRegion = 'us-west-2';
const type = (name: string): string => `AWS::Route53RecoveryControl::${name}`;
const control = (Name: string) => ({
  Type: type('RoutingControl'),
  Properties: { Name, ClusterArn: { Ref: 'Cluster' }, ControlPanelArn: { Ref: 'Panel' } },
});

/** A cluster with a routing control for each of two sites, and a rule that one of them stays on. */
export const routingControlsTemplate = (sites: readonly [string, string], rule: object = {}) => ({
  Resources: {
    Cluster: { Type: type('Cluster'), Properties: { Name: 'example' } },
    Panel: { Type: type('ControlPanel'), Properties: { Name: 'example', ClusterArn: { Ref: 'Cluster' } } },
    One: control(sites[0]),
    Other: control(sites[1]),
    Rule: {
      Type: type('SafetyRule'),
      Properties: {
        Name: 'one-site-serves',
        ControlPanelArn: { Ref: 'Panel' },
        AssertionRule: { AssertedControls: [{ Ref: 'One' }, { Ref: 'Other' }], WaitPeriodMs: 5000 },
        RuleConfig: { Type: 'ATLEAST', Threshold: 1, Inverted: false },
        ...rule,
      },
    },
  },
  Outputs: Object.fromEntries(['Cluster', 'Panel', 'One', 'Other', 'Rule'].map((id) => [id, { Value: { Ref: id } }])),
});

/** Makes the stack, and answers its outputs: ARNs by logical id. Both controls are off then. */
export const routingControlsStand = (
  world: Pick<StandingWorld, 'call' | 'pass'>,
  sites: readonly [string, string],
): Promise<Record<string, string>> => stackStands(world, 'routing-controls', routingControlsTemplate(sites), { region: arcRegion });

/** The same for the controls that settings know, under the names AWS gives them here; that of the site recovered from is on. */
export const knownControlsStand = async (world: StandingWorld, { endpoints }: KnownControls): Promise<void> => {
  const { from, to, targets } = world;
  const made = await routingControlsStand(world, [from.name, to.name]);
  const [RoutingControlArn = '', other = ''] = [made['One'], made['Other']];
  const on = { RoutingControlArn, RoutingControlState: 'On' };
  await world.call('route53-recovery-cluster', 'UpdateRoutingControlState', on, endpoints[0]!.region);
  targets.global = { ...targets.global, routingControls: { endpoints, controls: { [from.name]: RoutingControlArn, [to.name]: other } } };
};

/** States of the controls by site, as any endpoint that answers tells; undefined: production has none, or no endpoint answers. */
export const controlsNow = async (world: StandingWorld): Promise<Readonly<Record<string, string>> | undefined> => {
  const { routingControls } = world.targets.global;
  for (const { region } of routingControls?.endpoints ?? []) {
    const states = Object.entries(routingControls!.controls).map(async ([site, RoutingControlArn]) => {
      const state = { RoutingControlArn };
      const told = await world.call<{ RoutingControlState: string }>('route53-recovery-cluster', 'GetRoutingControlState', state, region);
      return [site, told.RoutingControlState] as const;
    });
    const told = await Promise.all(states).catch(() => undefined);
    if (told) return Object.fromEntries(told);
  }
  return undefined;
};
