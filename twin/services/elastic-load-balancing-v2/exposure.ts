import type { Context } from '../../world/context.js';
import { partitionWide } from '../../world/state.js';
import { metricsOfAws } from '../cloudwatch/metrics-of-aws.js';
import { publishedHostCounts } from './host-counts.js';
import { tlsOf } from './listener-certificates.js';
import { elbRecords, listenersOf, type LoadBalancerRecord, type Target, type TargetGroupRecord } from './records.js';

/**
 * What Elastic Load Balancing tells Route 53's data plane about each DNS name, for aliases that evaluate target health.
 * Data-plane news, not an API call: it goes on without any control plane.
 */
export const publishedHealth = partitionWide('elbv2.published-health', () => new Map<string, () => boolean>());

/**
 * Targets a request may go to now. When every registered target is unhealthy all of them are tried ("fail open",
 * ELB user guide, "Target group health"); while some are still in their initial checks, none of the others is.
 */
export const routable = (group: TargetGroupRecord | undefined): Target[] => {
  const registered = [...(group?.targets.values() ?? [])].filter(({ health }) => health.State !== 'draining');
  const healthy = registered.filter(({ health }) => health.State === 'healthy');
  if (healthy.length > 0) return healthy;
  return registered.every(({ health }) => health.State === 'unhealthy') ? registered : [];
};

/** Opens the load balancer's listeners in the data plane, or opens them anew after its listeners have changed. */
export const expose = async (loadBalancer: LoadBalancerRecord, ctx: Context): Promise<void> => {
  if (loadBalancer.address === undefined) return;
  const groups = ctx.state(elbRecords).targetGroups;
  const listeners = listenersOf(ctx, loadBalancer).map((listener) => ({
    port: listener.port,
    tls: tlsOf(listener, ctx),
    targets: () => routable(groups.get(listener.targetGroupArn)).map(({ id, port }) => ({ address: id, port })),
  }));
  await ctx.dataplane.loadBalancers.close(loadBalancer.arn);
  if (listeners.length > 0) {
    await ctx.dataplane.loadBalancers.open(loadBalancer.arn, { region: ctx.region, address: loadBalancer.address, listeners });
  }
};

/** Gives an active load balancer its address, its name and its listeners. */
export const bringUp = async (loadBalancer: LoadBalancerRecord, ctx: Context): Promise<void> => {
  loadBalancer.address = ctx.dataplane.network.allocateAddress(ctx.region);
  ctx.dataplane.network.announce(loadBalancer.dnsName, [loadBalancer.address]);
  ctx.state(publishedHealth).set(loadBalancer.dnsName.toLowerCase(), () => hasHealthyTargets(loadBalancer, ctx));
  for (const [name, count] of publishedHostCounts) ctx.state(metricsOfAws).set(name, count);
  await expose(loadBalancer, ctx);
};

export const takeDown = async (loadBalancer: LoadBalancerRecord, ctx: Context): Promise<void> => {
  ctx.state(publishedHealth).delete(loadBalancer.dnsName.toLowerCase());
  ctx.dataplane.network.announce(loadBalancer.dnsName, []);
  await ctx.dataplane.loadBalancers.close(loadBalancer.arn);
};

/** Every target group in use has a healthy target, and there is one (Route 53 developer guide, "EvaluateTargetHealth" for ELB). */
const hasHealthyTargets = (loadBalancer: LoadBalancerRecord, ctx: Context): boolean => {
  if (ctx.regionIsLost(ctx.region)) return false;
  const groups = listenersOf(ctx, loadBalancer).map(({ targetGroupArn }) => ctx.state(elbRecords).targetGroups.get(targetGroupArn));
  return (
    groups.length > 0 && groups.every((group) => [...(group?.targets.values() ?? [])].some(({ health }) => health.State === 'healthy'))
  );
};
