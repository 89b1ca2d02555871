import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { addEvent } from './service-events.js';
import { invalidParameter, type ServiceRecord, type TaskRecord } from './records.js';

const elb = <Output>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx.onBehalf('ecs').call<Output>('elastic-load-balancing-v2', operation, input);

const balancersOf = (service: ServiceRecord): readonly Ecs.LoadBalancer[] => service.asked.loadBalancers ?? [];
export const isBalanced = (service: ServiceRecord): boolean => balancersOf(service).length > 0;

/** @throws AwsError InvalidParameterException for a target group that is missing or in no load balancer's use. */
export const checkTargetGroups = async (loadBalancers: readonly Ecs.LoadBalancer[], ctx: Context): Promise<void> => {
  for (const { targetGroupArn } of loadBalancers) {
    const asked = elb<{ TargetGroups?: { LoadBalancerArns?: string[] }[] }>(ctx, 'DescribeTargetGroups', {
      TargetGroupArns: [targetGroupArn],
    });
    const { TargetGroups } = await asked.catch((error: unknown) => {
      if (error instanceof AwsError && error.code === 'TargetGroupNotFoundException') {
        throw invalidParameter(`The specified target group does not exist. You must specify a valid target group ARN and try again.`);
      }
      throw error;
    });
    if (TargetGroups?.[0]?.LoadBalancerArns?.length) continue;
    throw invalidParameter(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`);
  }
};

/** Does `work` for each target group of the service; where ELB refuses, the service's events say so. */
const forEachGroup = async (
  service: ServiceRecord,
  what: string,
  ctx: Context,
  work: (targetGroupArn: string, port: number | undefined) => Promise<unknown>,
): Promise<void> => {
  for (const { targetGroupArn = '', containerPort } of balancersOf(service)) {
    try {
      await work(targetGroupArn, containerPort);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === 'NotModelled') throw error;
      addEvent(service, `failed to ${what} targets in (target-group ${targetGroupArn}) with (error ${error.message})`, ctx);
    }
  }
};

export const registerTarget = (service: ServiceRecord, task: TaskRecord, ctx: Context): Promise<void> =>
  forEachGroup(service, 'register', ctx, async (TargetGroupArn, Port) => {
    await elb(ctx, 'RegisterTargets', { TargetGroupArn, Targets: [{ Id: task.address, Port }] });
    addEvent(service, `registered 1 targets in (target-group ${TargetGroupArn})`, ctx);
  });

export const deregisterTarget = (service: ServiceRecord, task: TaskRecord, ctx: Context): Promise<void> =>
  forEachGroup(service, 'deregister', ctx, async (TargetGroupArn, Port) => {
    await elb(ctx, 'DeregisterTargets', { TargetGroupArn, Targets: [{ Id: task.address, Port }] });
    addEvent(service, `deregistered 1 targets in (target-group ${TargetGroupArn})`, ctx);
    addEvent(service, 'has begun draining connections on 1 tasks.', ctx);
  });

/** Seconds a task goes on after it has left its target groups: the longest deregistration delay among them. */
export const drainSeconds = async (service: ServiceRecord, ctx: Context): Promise<number> => {
  let longest = 0;
  await forEachGroup(service, 'deregister', ctx, async (TargetGroupArn) => {
    const { Attributes } = await elb<{ Attributes?: { Key?: string; Value?: string }[] }>(ctx, 'DescribeTargetGroupAttributes', {
      TargetGroupArn,
    });
    longest = Math.max(longest, Number(Attributes?.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value ?? 0));
  });
  return longest;
};

export type Verdict =
  { is: 'healthy' } | { is: 'unknown' } | { is: 'unhealthy'; targetGroupArn: string; port: number | undefined; reason: string };

/** What the service's target groups say of the target at an address: healthy only if all of them say so. */
export const targetVerdicts = async (service: ServiceRecord, ctx: Context): Promise<(address: string) => Verdict> => {
  const groups: { targetGroupArn: string; port: number | undefined; found: readonly TargetHealthDescription[] }[] = [];
  await forEachGroup(service, 'describe', ctx, async (targetGroupArn, port) => {
    const answer = await elb<{ TargetHealthDescriptions?: TargetHealthDescription[] }>(ctx, 'DescribeTargetHealth', {
      TargetGroupArn: targetGroupArn,
    });
    groups.push({ targetGroupArn, port, found: answer.TargetHealthDescriptions ?? [] });
  });
  return (address) => {
    const states = groups.map((group) => ({ ...group, health: group.found.find(({ Target }) => Target?.Id === address)?.TargetHealth }));
    const bad = states.find(({ health }) => health?.State === 'unhealthy');
    if (bad) return { is: 'unhealthy', targetGroupArn: bad.targetGroupArn, port: bad.port, reason: bad.health?.Description ?? '' };
    const allHealthy = groups.length === balancersOf(service).length && states.every(({ health }) => health?.State === 'healthy');
    return { is: allHealthy ? 'healthy' : 'unknown' };
  };
};
