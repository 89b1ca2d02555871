import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { page } from '../page.js';
import {
  clusterOf,
  needControl,
  notFound,
  recoveryControl,
  type ClusterRecord,
  type RoutingControlRecord,
} from '../route53-recovery-cluster/records.js';
import { home } from './offered.js';

interface Asked {
  readonly ClusterArn?: string;
  readonly ControlPanelArn?: string;
  readonly RoutingControlArn?: string;
  readonly SafetyRuleArn?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}
type Operation = (input: Asked, ctx: Context) => object;

/** @throws AwsError ValidationException (ours: on AWS there is no such host) anywhere but where ARC is configured. */
const recordsOf = (ctx: Context) => {
  if (ctx.region !== home) throw new AwsError('ValidationException', `ARC is configured in ${home}, not in ${ctx.region}`);
  return ctx.state(recoveryControl);
};
const found = <T>(all: ReadonlyMap<string, T>, what: string, arn = ''): T => {
  const one = all.get(arn);
  if (!one) throw notFound(what, arn);
  return one;
};
const paged = <T>(all: readonly T[], { MaxResults = 1000, NextToken }: Asked) =>
  page(all, { token: NextToken, most: MaxResults }, () => new AwsError('ValidationException', 'Invalid NextToken'));

const cluster = ({ arn, name, endpoints, status }: ClusterRecord, { account }: Context) => ({
  ...{ ClusterArn: arn, Name: name, ClusterEndpoints: endpoints, Status: status, Owner: account },
});
const control = ({ arn, name, panelArn }: RoutingControlRecord, { account }: Context) => ({
  ...{ RoutingControlArn: arn, Name: name, ControlPanelArn: panelArn, Status: 'DEPLOYED', Owner: account },
});

const operations: Readonly<Record<string, Operation>> = {
  DescribeCluster: ({ ClusterArn }, ctx) => ({ Cluster: cluster(found(recordsOf(ctx).clusters, 'cluster', ClusterArn), ctx) }),
  ListClusters: (input, ctx) => {
    const { items, next } = paged([...recordsOf(ctx).clusters.values()], input);
    return { Clusters: items.map((one) => cluster(one, ctx)), NextToken: next };
  },
  DescribeControlPanel: ({ ControlPanelArn }, ctx) => {
    const { panels, controls } = recordsOf(ctx);
    const { arn, name } = found(panels, 'control panel', ControlPanelArn);
    const RoutingControlCount = [...controls.values()].filter(({ panelArn }) => panelArn === arn).length;
    const ControlPanel = { ControlPanelArn: arn, Name: name, ClusterArn: clusterOf(ctx, arn).arn, RoutingControlCount };
    return { ControlPanel: { ...ControlPanel, DefaultControlPanel: false, Status: 'DEPLOYED', Owner: ctx.account } };
  },
  DescribeRoutingControl: ({ RoutingControlArn = '' }, ctx) => {
    recordsOf(ctx);
    return { RoutingControl: control(needControl(ctx, RoutingControlArn), ctx) };
  },
  ListRoutingControls: (input, ctx) => {
    const { panels, controls } = recordsOf(ctx);
    const { arn } = found(panels, 'control panel', input.ControlPanelArn);
    const own = [...controls.values()].filter(({ panelArn }) => panelArn === arn);
    const { items, next } = paged(own, input);
    return { RoutingControls: items.map((one) => control(one, ctx)), NextToken: next };
  },
  DescribeSafetyRule: ({ SafetyRuleArn }, ctx) => {
    const rule = found(recordsOf(ctx).rules, 'safety rule', SafetyRuleArn);
    const { arn, name, panelArn, type, threshold, inverted, assertedControls, waitPeriodMs } = rule;
    const RuleConfig = { Type: type, Threshold: threshold, Inverted: inverted };
    const stands = { SafetyRuleArn: arn, Name: name, ControlPanelArn: panelArn, Status: 'DEPLOYED', Owner: ctx.account };
    return { AssertionRule: { ...stands, AssertedControls: assertedControls, RuleConfig, WaitPeriodMs: waitPeriodMs } };
  },
};

/** What the configuration API tells of what CloudFormation made. */
export const describing = operations as Readonly<Record<string, (input: never, ctx: Context) => object>>;
