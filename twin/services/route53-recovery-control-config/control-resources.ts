import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { mustBeOffered } from './offered.js';
import { clusterOf, needControl, notFound, recoveryControl, type SafetyRuleRecord } from '../route53-recovery-cluster/records.js';

const prefix = 'AWS::Route53RecoveryControl';
const need = (value: string | undefined, name: string): string => {
  if (!value) throw new AwsError('ValidationException', `Property ${name} is required`, { status: 400 });
  return value;
};
const mustBeDeployed = (arn: string, ctx: Context): void => {
  const cluster = ctx.state(recoveryControl).clusters.get(arn);
  if (!cluster) throw notFound('cluster', arn);
  if (cluster.status !== 'DEPLOYED') throw new AwsError('ConflictException', `The cluster ${arn} is ${cluster.status}`);
};

export const controlPanel: ResourceType = {
  type: `${prefix}::ControlPanel`,
  replacedOn: ['ClusterArn', 'Tags'],
  create: async (properties, ctx) => {
    mustBeOffered(controlPanel.type, ctx);
    const read = readProperties(controlPanel.type, properties, ['ClusterArn', 'Name', 'Tags']);
    const clusterArn = need(read.text('ClusterArn'), 'ClusterArn');
    mustBeDeployed(clusterArn, ctx);
    const arn = `arn:aws:route53-recovery-control::${ctx.account}:controlpanel/${freshId(ctx, 'route53-control-panel', 32)}`;
    ctx.state(recoveryControl).panels.set(arn, { arn, clusterArn, name: need(read.text('Name'), 'Name') });
    return {
      physicalId: arn,
      attributes: { ControlPanelArn: arn, DefaultControlPanel: false, RoutingControlCount: 0, Status: 'DEPLOYED' },
    };
  },
  update: async (arn, properties, _previous, ctx) => {
    ctx.state(recoveryControl).panels.get(arn)!.name = need(readName(properties), 'Name');
    return { physicalId: arn };
  },
  delete: async (arn, _properties, ctx) => void ctx.state(recoveryControl).panels.delete(arn),
};

export const routingControl: ResourceType = {
  type: `${prefix}::RoutingControl`,
  replacedOn: ['ClusterArn', 'ControlPanelArn'],
  create: async (properties, ctx) => {
    mustBeOffered(routingControl.type, ctx);
    const read = readProperties(routingControl.type, properties, ['ClusterArn', 'ControlPanelArn', 'Name']);
    const panelArn = need(read.text('ControlPanelArn'), 'ControlPanelArn');
    mustBeDeployed(clusterOf(ctx, panelArn).arn, ctx);
    const arn = `${panelArn}/routingcontrol/${freshId(ctx, 'route53-routing-control', 16)}`;
    const name = need(read.text('Name'), 'Name');
    ctx.state(recoveryControl).controls.set(arn, { arn, panelArn, name, state: 'Off', changedAt: null });
    return { physicalId: arn, attributes: { RoutingControlArn: arn, Status: 'DEPLOYED' } };
  },
  update: async (arn, properties, _previous, ctx) => {
    needControl(ctx, arn).name = need(readName(properties), 'Name');
    return { physicalId: arn };
  },
  delete: async (arn, _properties, ctx) => void ctx.state(recoveryControl).controls.delete(arn),
};

const ruleOf = (properties: ResourceProperties, arn: string, ctx: Context): SafetyRuleRecord => {
  const read = readProperties(safetyRule.type, properties, ['Name', 'ControlPanelArn', 'AssertionRule', 'RuleConfig', 'Tags']);
  const assertion = (read.raw('AssertionRule') ?? {}) as ResourceProperties;
  const config = (read.raw('RuleConfig') ?? {}) as ResourceProperties;
  acceptProperties(`${safetyRule.type} AssertionRule`, assertion, ['AssertedControls', 'WaitPeriodMs']);
  acceptProperties(`${safetyRule.type} RuleConfig`, config, ['Type', 'Threshold', 'Inverted']);
  const type = String(config['Type']);
  if (type !== 'ATLEAST' && type !== 'AND' && type !== 'OR') throw new AwsError('ValidationException', `${type} is no type of rule`);
  const assertedControls = ((assertion['AssertedControls'] ?? []) as unknown[]).map(String);
  if (assertedControls.length === 0) throw new AwsError('ValidationException', 'A safety rule asserts at least one routing control');
  for (const control of assertedControls) needControl(ctx, control);
  return {
    ...{ arn, type, assertedControls, name: need(read.text('Name'), 'Name') },
    panelArn: need(read.text('ControlPanelArn'), 'ControlPanelArn'),
    waitPeriodMs: Number(assertion['WaitPeriodMs'] ?? 5_000),
    threshold: Number(config['Threshold'] ?? 0),
    inverted: String(config['Inverted']) === 'true',
  };
};

export const safetyRule: ResourceType = {
  type: `${prefix}::SafetyRule`,
  replacedOn: ['ControlPanelArn', 'RuleConfig', 'AssertionRule.AssertedControls', 'Tags'],
  create: async (properties, ctx) => {
    mustBeOffered(safetyRule.type, ctx);
    const arn = `${String(properties['ControlPanelArn'])}/safetyrule/${freshId(ctx, 'route53-safety-rule', 16)}`;
    const rule = ruleOf(properties, arn, ctx);
    clusterOf(ctx, rule.panelArn);
    ctx.state(recoveryControl).rules.set(arn, rule);
    return { physicalId: arn, attributes: { SafetyRuleArn: arn, Status: 'DEPLOYED' } };
  },
  update: async (arn, properties, _previous, ctx) => {
    ctx.state(recoveryControl).rules.set(arn, ruleOf(properties, arn, ctx));
    return { physicalId: arn };
  },
  delete: async (arn, _properties, ctx) => void ctx.state(recoveryControl).rules.delete(arn),
};

const readName = (properties: ResourceProperties): string | undefined => properties['Name'] as string | undefined;
