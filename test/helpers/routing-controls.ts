import type { KnownControls } from '../../lib/contract/routing-control-settings.js';

type Call = <Output = Record<string, unknown>>(service: string, operation: string, input: object, region?: string) => Promise<Output>;

/** A world in which a stack can be made, and time passes. */
export interface StackWorld {
  readonly call: Call;
  readonly pass: (seconds: number) => Promise<unknown>;
}

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

/** Makes the stack, and answers its outputs: ARNs by logical id. */
export const routingControlsStand = async (world: StackWorld, sites: readonly [string, string]): Promise<Record<string, string>> => {
  const StackName = 'routing-controls';
  const TemplateBody = JSON.stringify(routingControlsTemplate(sites));
  await world.call('cloudformation', 'CreateStack', { StackName, TemplateBody }, arcRegion);
  await world.pass(600);
  const { Stacks } = await world.call<{ Stacks: { StackStatus: string; Outputs?: { OutputKey: string; OutputValue: string }[] }[] }>(
    'cloudformation',
    'DescribeStacks',
    { StackName },
    arcRegion,
  );
  const [stack] = Stacks;
  if (stack?.StackStatus !== 'CREATE_COMPLETE') throw new Error(`the stack is ${stack?.StackStatus}`);
  return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
};

/** Where every cluster has its endpoints. */
export const clusterRegions = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-2'] as const;

/** What settings know once controls are made. */
export const knownControls = (controls: Readonly<Record<string, string>>): KnownControls => ({
  endpoints: clusterRegions.map((region) => ({ region, url: `https://0a1b2c3d.route53-recovery-cluster.${region}.amazonaws.com/v1` })),
  controls,
});

/** Controls of the sites of the default production, which nobody made. */
export const writtenControls = knownControls(
  Object.fromEntries(
    ['dublin', 'frankfurt'].map((site, index) => [
      site,
      `arn:aws:route53-recovery-control::111122223333:controlpanel/0a1b/routingcontrol/${index}c2d`,
    ]),
  ),
);
