import { describe, expect, test } from '@jest/globals';
import { App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { FailoverPair } from '../../lib/constructs/failover-pair.js';
import { RecoveryRoles } from '../../lib/constructs/recovery-roles.js';
import { RoutingControls } from '../../lib/constructs/routing-controls.js';
import { contradictions, settingsSchema, type Settings } from '../../lib/contract/settings.js';
import { globalFacts } from '../../lib/global-facts.js';
import { GlobalStage } from '../../lib/global-stage.js';
import { nagFindings } from '../../lib/nag-findings.js';
import { judge, rulesFor } from '../../lib/portability/index.js';
import { recoveryActions } from '../../lib/recovery-actions.js';
import { writtenControls as known } from '../helpers/routing-controls.js';
import { judgedApp } from './portability/judged-app.js';
import { ambassify, bench, cdkContext, resourcesOf, synthesise, type TemplateJson } from './production-templates.js';

const type = (name: string): string => `AWS::Route53RecoveryControl::${name}`;

/** The global stage alone. */
const globally = (settings: Settings) => {
  const app = new App({ context: cdkContext });
  const stage = new GlobalStage(app, 'Global', { settings });
  const stackOf = (id: string): Stack | undefined => stage.node.tryFindChild(id) as Stack | undefined;
  return { app, stackOf, template: (id: string) => Template.fromStack(stackOf(id)!).toJSON() as TemplateJson };
};
const made: Settings = { ...ambassify, routingControls: {} };
const followed: Settings = { ...ambassify, routingControls: { known } };

describe('routing controls', () => {
  test('nothing asked for but names: a cluster, a panel, a control for each site, and a rule that one of them stays on', () => {
    const { stack, template } = bench();
    new RoutingControls(stack, 'Controls', { name: 'example', siteNames: ['north', 'south'] });
    const json = template().toJSON() as TemplateJson;
    const cluster = { 'Fn::GetAtt': [resourcesOf(json, type('Cluster'))[0]![0], 'ClusterArn'] };
    const panel = { 'Fn::GetAtt': [resourcesOf(json, type('ControlPanel'))[0]![0], 'ControlPanelArn'] };
    const controls = resourcesOf(json, type('RoutingControl'));
    expect(controls.map(([, { Properties }]) => Properties)).toEqual([
      { Name: 'north', ClusterArn: cluster, ControlPanelArn: panel },
      { Name: 'south', ClusterArn: cluster, ControlPanelArn: panel },
    ]);
    expect(resourcesOf(json, type('SafetyRule')).map(([, { Properties }]) => Properties)).toEqual([
      {
        Name: 'one-site-serves',
        ControlPanelArn: panel,
        AssertionRule: { AssertedControls: controls.map(([id]) => ({ 'Fn::GetAtt': [id, 'RoutingControlArn'] })), WaitPeriodMs: 5000 },
        RuleConfig: { Type: 'ATLEAST', Threshold: 1, Inverted: false },
      },
    ]);
  });

  test('everything asked for: on a cluster that is there already, none is made', () => {
    const clusterArn = 'arn:aws:route53-recovery-control::111122223333:cluster/0a1b';
    const { stack, template } = bench();
    new RoutingControls(stack, 'Controls', { name: 'example', siteNames: ['north', 'south'], clusterArn });
    template().resourceCountIs(type('Cluster'), 0);
    template().allResourcesProperties(type('RoutingControl'), { ClusterArn: clusterArn });
  });
});

describe('a failover pair by routing control', () => {
  const pair = (controls: Record<string, string>) => {
    const { stack, template } = bench();
    new FailoverPair(stack, 'Web', {
      zone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
      webName: 'www.example.com',
      primary: { siteName: 'north', originName: 'north.origin.example.com' },
      secondary: { siteName: 'south', originName: 'south.origin.example.com' },
      cutOver: { controls },
    });
    return template().toJSON() as TemplateJson;
  };

  test('has a check of its own control on each record', () => {
    const json = pair({ north: 'arn:north', south: 'arn:south' });
    const checks = new Map(
      resourcesOf(json, 'AWS::Route53::HealthCheck').map(([id, { Properties }]) => [id, Properties?.['HealthCheckConfig']]),
    );
    const followedBy = resourcesOf(json, 'AWS::Route53::RecordSet').map(([, { Properties }]) => {
      const {
        'Fn::GetAtt': [id],
      } = Properties!['HealthCheckId'] as { 'Fn::GetAtt': [string, string] };
      return [Properties?.['Failover'], checks.get(id)];
    });
    expect(followedBy).toEqual([
      ['PRIMARY', { Type: 'RECOVERY_CONTROL', RoutingControlArn: 'arn:north' }],
      ['SECONDARY', { Type: 'RECOVERY_CONTROL', RoutingControlArn: 'arn:south' }],
    ]);
  });

  test('keeps the logical ids of checks when sites swap their roles, and is refused without a control of a site', () => {
    expect(() => pair({ north: 'arn:north' })).toThrow('south has no routing control');
    expect(Object.keys(pair({ north: 'arn:north', south: 'arn:south' }).Resources).join()).toMatch(/Controlnorth.*Controlsouth/);
  });
});

describe('production that settles for routing controls', () => {
  test('without the setting there are none, and no stack of them', () => {
    const { stackOf, template } = globally(ambassify);
    expect(stackOf('RoutingControls')).toBeUndefined();
    expect(JSON.stringify(template('Traffic'))).not.toMatch(/RecoveryControl|RECOVERY_CONTROL|recovery-cluster/);
    expect(globalFacts(ambassify)).not.toHaveProperty('routingControls');
  });

  test('makes them in us-west-2, says that they move nothing yet, and leaves traffic as it was until settings know them', () => {
    const { stackOf, template } = globally(made);
    const stack = stackOf('RoutingControls')!;
    expect({ region: stack.region, guarded: stack.terminationProtection }).toEqual({ region: 'us-west-2', guarded: true });
    expect(Object.keys(template('RoutingControls').Outputs!)).toEqual(['Cluster', 'ControlOfdublin', 'ControlOffrankfurt']);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('move nothing yet'));
    expect(template('Traffic')).toEqual(globally(ambassify).template('Traffic'));
    expect(globalFacts(made)).toEqual(globalFacts(ambassify));
  });

  test('once it knows them, has DNS follow them, and tells a recovery ARNs and endpoints in its own region', () => {
    const { stackOf, template } = globally(followed);
    Annotations.fromStack(stackOf('RoutingControls')!).hasNoWarning('*', Match.anyValue());
    const checks = resourcesOf(template('Traffic'), 'AWS::Route53::HealthCheck').map(
      ([, { Properties }]) => Properties?.['HealthCheckConfig'],
    );
    expect(checks).toEqual(['dublin', 'frankfurt'].map((site) => ({ Type: 'RECOVERY_CONTROL', RoutingControlArn: known.controls[site] })));
    expect(globalFacts(followed).routingControls).toEqual(known);
    const before = resourcesOf(globally(ambassify).template('Traffic'), 'AWS::Route53::RecordSet').map(([id]) => id);
    expect(resourcesOf(template('Traffic'), 'AWS::Route53::RecordSet').map(([id]) => id)).toEqual(before);
  });

  test('lets those who move traffic set these two controls, and override no safety rule', () => {
    const { stack, template } = bench();
    const { primary, alternate } = ambassify.sites;
    new RecoveryRoles(stack, 'Recovery', { settings: followed, from: primary, to: alternate, actions: recoveryActions() });
    const statements = resourcesOf(template().toJSON() as TemplateJson, 'AWS::IAM::Policy').flatMap(
      ([, { Properties }]) => (Properties!['PolicyDocument'] as { Statement: { Action: string }[] }).Statement,
    );
    const controls = Object.values(known.controls);
    expect(statements.filter(({ Action }) => Action === 'route53-recovery-cluster:UpdateRoutingControlStates')).toEqual([
      expect.objectContaining({
        Resource: controls,
        Condition: { BoolIfExists: { 'route53-recovery-cluster:AllowSafetyRulesOverrides': 'false' } },
      }),
    ]);
    expect(statements.filter(({ Action }) => Action === 'route53-recovery-cluster:GetRoutingControlState')).toHaveLength(2);
  });

  test('is clean by AWS Solutions, and breaks no rule of portability', () => {
    const { app } = globally(followed);
    app.synth();
    expect(nagFindings(app)[0]?.findings).toEqual([]);
    const assembly = judgedApp(synthesise(followed).app);
    expect(assembly.stacks.flatMap((stack) => judge(stack, assembly, rulesFor({})))).toEqual([]);
  });
});

describe('settings that speak of routing controls', () => {
  const problems = (changes: object): string[] =>
    contradictions({ ...ambassify, routingControls: { known: { ...known, ...changes } } }).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
  const [first, ...others] = known.endpoints;

  test('are taken as they are meant', () => {
    expect(settingsSchema.parse(followed).routingControls).toEqual({ known });
    expect(problems({})).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a control too few', { controls: { dublin: known.controls['dublin'] } }, 'must be one for each of the sites dublin and frankfurt'],
    [
      'one control for both sites',
      { controls: { dublin: known.controls['dublin'], frankfurt: known.controls['dublin'] } },
      'must be one for each of the sites dublin and frankfurt',
    ],
    ['an endpoint twice', { endpoints: [others[0], ...others] }, 'must be of five different regions'],
    ['an endpoint of another region', { endpoints: [{ ...first, url: others[0]!.url }, ...others] }, 'is not in us-east-1'],
  ])('with %s are refused', (_what, changes, message) => {
    expect(problems(changes).join()).toContain(message);
  });

  test.each<[string, object]>([
    ['four endpoints', { endpoints: others }],
    ['an endpoint that is not of AWS', { endpoints: [{ ...first, url: 'https://us-east-1.example.com/v1' }, ...others] }],
    ['what is no routing control', { controls: { ...known.controls, dublin: 'arn:aws:s3:::bucket' } }],
  ])('with %s are refused', (_what, changes) => {
    expect(settingsSchema.safeParse({ ...ambassify, routingControls: { known: { ...known, ...changes } } }).success).toBe(false);
  });
});
