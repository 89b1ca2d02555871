import type { ClusterEndpoint } from './endpoints.js';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accountWide } from '../../world/state.js';

export interface ClusterRecord {
  readonly arn: string;
  readonly name: string;
  readonly endpoints: readonly ClusterEndpoint[];
  status: 'PENDING' | 'DEPLOYED';
}
export interface ControlPanelRecord {
  readonly arn: string;
  readonly clusterArn: string;
  name: string;
}
export interface RoutingControlRecord {
  readonly arn: string;
  readonly panelArn: string;
  name: string;
  state: 'On' | 'Off';
  /** World time of the last change of state. */
  changedAt: number | null;
}
/** An assertion rule; the twin has no gating rules. */
export interface SafetyRuleRecord {
  readonly arn: string;
  readonly panelArn: string;
  readonly type: 'ATLEAST' | 'AND' | 'OR';
  readonly threshold: number;
  readonly inverted: boolean;
  readonly assertedControls: readonly string[];
  name: string;
  waitPeriodMs: number;
}

/** By ARN: of the account, and the same in each of a cluster's five regions. */
export const recoveryControl = accountWide('route53-recovery-control', () => ({
  clusters: new Map<string, ClusterRecord>(),
  panels: new Map<string, ControlPanelRecord>(),
  controls: new Map<string, RoutingControlRecord>(),
  rules: new Map<string, SafetyRuleRecord>(),
}));

export const notFound = (resourceType: string, resourceId: string): AwsError =>
  new AwsError('ResourceNotFoundException', `There is no ${resourceType} ${resourceId}`, { fields: { resourceType, resourceId } });

/** @throws AwsError ResourceNotFoundException for one that is not of this account. */
export const needControl = (ctx: Context, arn: string): RoutingControlRecord => {
  const found = ctx.state(recoveryControl).controls.get(arn);
  if (!found) throw notFound('routing control', arn);
  return found;
};

export const clusterOf = (ctx: Context, panelArn: string): ClusterRecord => {
  const { clusters, panels } = ctx.state(recoveryControl);
  const panel = panels.get(panelArn);
  const cluster = panel && clusters.get(panel.clusterArn);
  if (!cluster) throw notFound('control panel', panelArn);
  return cluster;
};
