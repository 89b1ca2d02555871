import type { Listener, LoadBalancer, TargetGroup, TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface LoadBalancerRecord {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly described: LoadBalancer;
  readonly attributes: Map<string, string>;
  /** Given when it becomes active. */
  address?: string;
}

export interface Target {
  readonly id: string;
  readonly port: number;
  health: TargetHealth & { State: 'initial' | 'healthy' | 'unhealthy' | 'draining' };
  /** Consecutive probes that passed, or (negative) failed. */
  streak: number;
  probes: number;
  hasBeenHealthy: boolean;
  watched: boolean;
}

export interface TargetGroupRecord {
  readonly arn: string;
  readonly name: string;
  readonly port: number;
  readonly described: TargetGroup;
  readonly attributes: Map<string, string>;
  /** By `address:port`. */
  readonly targets: Map<string, Target>;
}

export interface ListenerRecord {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly described: Listener;
  port: number;
  targetGroupArn: string;
}

export const elbRecords = regional('elbv2', () => ({
  loadBalancers: new Map<string, LoadBalancerRecord>(),
  targetGroups: new Map<string, TargetGroupRecord>(),
  listeners: new Map<string, ListenerRecord>(),
  /** By resource ARN. */
  tags: new Map<string, Map<string, string>>(),
}));

export const needLoadBalancer = (ctx: Context, arn: string | undefined): LoadBalancerRecord => {
  const found = ctx.state(elbRecords).loadBalancers.get(arn ?? '');
  if (!found) throw new AwsError('LoadBalancerNotFoundException', `Load balancer '${arn}' not found`);
  return found;
};

export const needTargetGroup = (ctx: Context, arn: string | undefined): TargetGroupRecord => {
  const found = ctx.state(elbRecords).targetGroups.get(arn ?? '');
  if (!found) throw new AwsError('TargetGroupNotFoundException', 'One or more target groups not found');
  return found;
};

export const needListener = (ctx: Context, arn: string | undefined): ListenerRecord => {
  const found = ctx.state(elbRecords).listeners.get(arn ?? '');
  if (!found) throw new AwsError('ListenerNotFoundException', 'One or more listeners not found');
  return found;
};

export const listenersOf = (ctx: Context, loadBalancer: LoadBalancerRecord): ListenerRecord[] =>
  [...ctx.state(elbRecords).listeners.values()].filter(({ loadBalancerArn }) => loadBalancerArn === loadBalancer.arn);

/** ARNs of the load balancers that have a listener forwarding to the group. */
export const usersOf = (ctx: Context, group: TargetGroupRecord): string[] => {
  const listeners = [...ctx.state(elbRecords).listeners.values()].filter(({ targetGroupArn }) => targetGroupArn === group.arn);
  return [...new Set(listeners.map(({ loadBalancerArn }) => loadBalancerArn))];
};

export const elbArn = (ctx: Context, resource: string): string => `arn:aws:elasticloadbalancing:${ctx.region}:${ctx.account}:${resource}`;

export const invalid = (message: string): AwsError => new AwsError('ValidationError', message, { status: 400 });
export const notModelled = (what: string): AwsError =>
  new AwsError('NotModelled', `NotModelled: ${what}: the twin does not have this`, { status: 501 });
