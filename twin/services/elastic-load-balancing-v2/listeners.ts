import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { expose } from './exposure.js';
import { watchTargets } from './health-checking.js';
import { securityOf, tellUses } from './listener-certificates.js';
import {
  elbArn,
  elbRecords,
  invalid,
  listenersOf,
  needListener,
  needLoadBalancer,
  needTargetGroup,
  notModelled,
  usersOf,
  type ListenerRecord,
} from './records.js';
import { setTags } from './tags.js';

/** The one target group that the actions forward to; whatever else an action can do is refused by name. */
const forwardedTo = (actions: readonly Elb.Action[] | undefined, ctx: Context): string => {
  const [action, ...others] = actions ?? [];
  if (!action) throw invalid('At least one default action must be specified');
  if (others.length > 0 || action.Type !== 'forward') throw notModelled(`listener action ${others[0]?.Type ?? action.Type}`);
  accept('listener action', action, ['Type', 'TargetGroupArn', 'ForwardConfig', 'Order']);
  if (action.ForwardConfig?.TargetGroupStickinessConfig?.Enabled) throw notModelled('stickiness between target groups');
  const groups = action.ForwardConfig?.TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn) ?? [action.TargetGroupArn];
  if (groups.length !== 1) throw notModelled('forwarding to several target groups');
  return needTargetGroup(ctx, groups[0]).arn;
};

const checkGroupIsFree = (groupArn: string, loadBalancerArn: string, ctx: Context): void => {
  if (usersOf(ctx, needTargetGroup(ctx, groupArn)).some((user) => user !== loadBalancerArn)) {
    const message = `The following target groups cannot be associated with more than one load balancer: ${groupArn}`;
    throw new AwsError('TargetGroupAssociationLimitException', message);
  }
};

const checkPortIsFree = (port: number, loadBalancerArn: string, except: string, ctx: Context): void => {
  const listeners = listenersOf(ctx, needLoadBalancer(ctx, loadBalancerArn));
  if (listeners.some((other) => other.port === port && other.arn !== except)) {
    throw new AwsError('DuplicateListenerException', `A listener already exists on this port for this load balancer '${loadBalancerArn}'`);
  }
};

const changed = async (listener: Pick<ListenerRecord, 'loadBalancerArn' | 'targetGroupArn'>, ctx: Context): Promise<void> => {
  tellUses(listener.loadBalancerArn, ctx);
  await expose(needLoadBalancer(ctx, listener.loadBalancerArn), ctx);
  watchTargets(listener.targetGroupArn, ctx);
};

const create = async (input: Elb.CreateListenerInput, ctx: Context): Promise<ListenerRecord> => {
  accept('CreateListener', input, ['LoadBalancerArn', 'Protocol', 'Port', 'DefaultActions', 'Certificates', 'SslPolicy', 'Tags']);
  const loadBalancer = needLoadBalancer(ctx, input.LoadBalancerArn);
  const port = need(input.Port, 'Port', 'ValidationError');
  const security = securityOf(input, {}, ctx);
  if (!(port >= 1 && port <= 65535)) throw invalid(`Listener port '${port}' must be between '1' and '65535'`);
  const targetGroupArn = forwardedTo(input.DefaultActions, ctx);
  checkPortIsFree(port, loadBalancer.arn, '', ctx);
  checkGroupIsFree(targetGroupArn, loadBalancer.arn, ctx);
  const path = loadBalancer.arn.slice(loadBalancer.arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
  const arn = elbArn(ctx, `listener/${path}/${freshId(ctx, 'elbv2', 16)}`);
  const described: Elb.Listener = {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancer.arn,
    Port: port,
    ...security,
    DefaultActions: input.DefaultActions,
  };
  const listener: ListenerRecord = { arn, loadBalancerArn: loadBalancer.arn, described, port, targetGroupArn };
  ctx.state(elbRecords).listeners.set(arn, listener);
  setTags(ctx, arn, input.Tags);
  await changed(listener, ctx);
  return listener;
};

const modify = async (input: Elb.ModifyListenerInput, ctx: Context): Promise<ListenerRecord> => {
  accept('ModifyListener', input, ['ListenerArn', 'Protocol', 'Port', 'DefaultActions', 'Certificates', 'SslPolicy']);
  const listener = needListener(ctx, input.ListenerArn);
  const security = securityOf(input, listener.described, ctx);
  const group = input.DefaultActions ? forwardedTo(input.DefaultActions, ctx) : listener.targetGroupArn;
  const port = input.Port ?? listener.port;
  checkPortIsFree(port, listener.loadBalancerArn, listener.arn, ctx);
  checkGroupIsFree(group, listener.loadBalancerArn, ctx);
  listener.port = port;
  listener.targetGroupArn = group;
  Object.assign(listener.described, { Port: port, ...security, ...(input.DefaultActions ? { DefaultActions: input.DefaultActions } : {}) });
  await changed(listener, ctx);
  return listener;
};

export const listenerOperations: Operations<typeof Elb> = {
  CreateListener: async (input, ctx) => ({ Listeners: [{ ...(await create(input, ctx)).described }] }),
  ModifyListener: async (input, ctx) => ({ Listeners: [{ ...(await modify(input, ctx)).described }] }),
  DescribeListeners: (input, ctx) => {
    const all = input.ListenerArns?.length
      ? input.ListenerArns.map((arn) => needListener(ctx, arn))
      : listenersOf(ctx, needLoadBalancer(ctx, input.LoadBalancerArn));
    const found = page(all, { token: input.Marker, most: input.PageSize ?? 400 }, () => invalid('Invalid marker'));
    return { Listeners: found.items.map(({ described }) => ({ ...described })), NextMarker: found.next };
  },
  DeleteListener: async ({ ListenerArn }, ctx) => {
    const listener = needListener(ctx, ListenerArn);
    const records = ctx.state(elbRecords);
    records.listeners.delete(listener.arn);
    records.tags.delete(listener.arn);
    tellUses(listener.loadBalancerArn, ctx);
    await expose(needLoadBalancer(ctx, listener.loadBalancerArn), ctx);
    return {};
  },
  /** Only the default rule exists: `CreateRule` is not modelled. */
  DescribeRules: (input, ctx) => {
    accept('DescribeRules', input, ['ListenerArn']);
    const listener = needListener(ctx, input.ListenerArn);
    const arn = listener.arn.replace(':listener/', ':listener-rule/') + '/default';
    return { Rules: [{ RuleArn: arn, Priority: 'default', Conditions: [], Actions: listener.described.DefaultActions, IsDefault: true }] };
  },
};
