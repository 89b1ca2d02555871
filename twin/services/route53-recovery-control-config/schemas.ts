/**
 * The configuration API's schemas, in the form in which SDK clients export theirs: the newest client of it on npm (3.332) has none. Names, paths
 * and members are those of the API reference (2020-11-02); only what the twin answers is here.
 */
const namespace = 'com.amazonaws.route53recoverycontrolconfig';
const [text, number, flag] = [0, 1, 2] as const;
/** In the path. */
const label = 1;

type Shape = number | readonly unknown[];
const structure = (name: string, members: Readonly<Record<string, Shape>>, required = 0): readonly unknown[] => [
  3,
  namespace,
  name,
  0,
  Object.keys(members),
  Object.values(members),
  required,
];
const list = (name: string, member: Shape): readonly unknown[] => [1, namespace, name, 0, member];
const operation = (name: string, path: string, input: readonly unknown[], output: Readonly<Record<string, Shape>>): readonly unknown[] => [
  9,
  namespace,
  name,
  { http: ['GET', path, 200] },
  input,
  structure(`${name}Response`, output),
];
/** Of one thing, by its ARN in the path. */
const by = (name: string, arn: string, more: Readonly<Record<string, Shape>> = {}) =>
  structure(`${name}Request`, { [arn]: [text, label], ...more }, 1);
const inQuery = (kind: number, name: string): Shape => [kind, { httpQuery: name }];
const paged = { MaxResults: inQuery(number, 'MaxResults'), NextToken: inQuery(text, 'NextToken') };

const endpoint = structure('ClusterEndpoint', { Endpoint: text, Region: text });
const cluster = structure('Cluster', {
  ...{ ClusterArn: text, ClusterEndpoints: list('ClusterEndpoints', endpoint), Name: text, Status: text, Owner: text },
});
const panel = structure('ControlPanel', {
  ...{
    ClusterArn: text,
    ControlPanelArn: text,
    DefaultControlPanel: flag,
    Name: text,
    RoutingControlCount: number,
    Status: text,
    Owner: text,
  },
});
const control = structure('RoutingControl', { ControlPanelArn: text, Name: text, RoutingControlArn: text, Status: text, Owner: text });
const rule = structure('AssertionRule', {
  ...{ AssertedControls: list('Controls', text), ControlPanelArn: text, Name: text, SafetyRuleArn: text, Status: text, Owner: text },
  ...{ RuleConfig: structure('RuleConfig', { Inverted: flag, Threshold: number, Type: text }), WaitPeriodMs: number },
});

/** As a module of the SDK's: operations, errors, and a client that says what it speaks. */
export const configurationApi = {
  DescribeCluster: operation('DescribeCluster', '/cluster/{ClusterArn}', by('DescribeCluster', 'ClusterArn'), { Cluster: cluster }),
  ListClusters: operation('ListClusters', '/cluster', structure('ListClustersRequest', paged), {
    ...{ Clusters: list('Clusters', cluster), NextToken: text },
  }),
  DescribeControlPanel: operation(
    'DescribeControlPanel',
    '/controlpanel/{ControlPanelArn}',
    by('DescribeControlPanel', 'ControlPanelArn'),
    {
      ControlPanel: panel,
    },
  ),
  DescribeRoutingControl: operation(
    'DescribeRoutingControl',
    '/routingcontrol/{RoutingControlArn}',
    by('DescribeRoutingControl', 'RoutingControlArn'),
    { RoutingControl: control },
  ),
  ListRoutingControls: operation(
    'ListRoutingControls',
    '/controlpanel/{ControlPanelArn}/routingcontrols',
    by('ListRoutingControls', 'ControlPanelArn', paged),
    { RoutingControls: list('RoutingControls', control), NextToken: text },
  ),
  DescribeSafetyRule: operation('DescribeSafetyRule', '/safetyrule/{SafetyRuleArn}', by('DescribeSafetyRule', 'SafetyRuleArn'), {
    AssertionRule: rule,
  }),
  ...Object.fromEntries(
    Object.entries({ ResourceNotFoundException: 404, ValidationException: 400, ConflictException: 409 }).map(([name, httpError]) => [
      name,
      [-3, namespace, name, { error: 'client', httpError }, ['Message'], [text]],
    ]),
  ),
  Route53RecoveryControlConfigClient: class {
    readonly config = {
      defaultSigningName: 'route53-recovery-control-config',
      protocol: { getShapeId: () => 'aws.protocols#restJson1' },
      protocolSettings: { version: '2020-11-02' },
    };
  },
};
