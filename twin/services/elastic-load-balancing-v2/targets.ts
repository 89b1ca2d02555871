import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { isIPv4 } from 'node:net';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { isInUse, watchTargets } from './health-checking.js';
import { elbRecords, invalid, needTargetGroup, type Target, type TargetGroupRecord } from './records.js';

const keyOf = (group: TargetGroupRecord, { Id, Port }: Elb.TargetDescription): string => `${Id}:${Port ?? group.port}`;

const register = (group: TargetGroupRecord, { Id = '', Port = group.port }: Elb.TargetDescription): void => {
  const key = `${Id}:${Port}`;
  const existing = group.targets.get(key);
  if (existing && existing.health.State !== 'draining') return;
  const health = { State: 'initial', Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' } as const;
  group.targets.set(key, { id: Id, port: Port, health, streak: 0, probes: 0, hasBeenHealthy: false, watched: false });
};

/** A deregistering target shows `draining` for the whole deregistration delay, idle or not (ELB user guide, "Deregistration delay"). */
const drain = (group: TargetGroupRecord, key: string, target: Target, ctx: Context): void => {
  if (!isInUse(group, ctx)) {
    group.targets.delete(key);
    return;
  }
  target.health = { State: 'draining', Reason: 'Target.DeregistrationInProgress', Description: 'Target deregistration is in progress' };
  const delay = Number(group.attributes.get('deregistration_delay.timeout_seconds'));
  ctx.after(delay, `${key} is deregistered`, () => {
    if (group.targets.get(key) === target) group.targets.delete(key);
  });
};

const describe = (group: TargetGroupRecord, target: Target, inUse: boolean): Elb.TargetHealthDescription => {
  const { HealthCheckPort } = group.described;
  const unused = {
    State: 'unused',
    Reason: 'Target.NotInUse',
    Description: 'Target group is not configured to receive traffic from the load balancer',
  } as const;
  return {
    Target: { Id: target.id, Port: target.port, AvailabilityZone: 'all' },
    HealthCheckPort: HealthCheckPort === 'traffic-port' ? String(target.port) : HealthCheckPort,
    TargetHealth: inUse ? { ...target.health } : unused,
  };
};

const notRegistered = {
  State: 'unused',
  Reason: 'Target.NotRegistered',
  Description: 'Target is not registered to the target group',
} as const;

export const targetOperations: Operations<typeof Elb> = {
  RegisterTargets: ({ TargetGroupArn, Targets = [] }, ctx) => {
    const group = needTargetGroup(ctx, TargetGroupArn);
    for (const target of Targets) {
      accept('RegisterTargets', target, ['Id', 'Port', 'AvailabilityZone']);
      if (!isIPv4(target.Id ?? '')) throw invalid(`The IP address '${target.Id}' is not a valid IPv4 address`);
    }
    for (const target of Targets) register(group, target);
    watchTargets(group.arn, ctx);
    return {};
  },
  DeregisterTargets: ({ TargetGroupArn, Targets = [] }, ctx) => {
    const group = needTargetGroup(ctx, TargetGroupArn);
    const found = Targets.map((target) => ({ key: keyOf(group, target), target: group.targets.get(keyOf(group, target)) }));
    const missing = found.filter(({ target }) => !target).map(({ key }) => key);
    if (missing.length > 0)
      throw new AwsError('InvalidTargetException', `The following targets are not registered: [${missing.join(', ')}]`);
    for (const { key, target } of found) if (target && target.health.State !== 'draining') drain(group, key, target, ctx);
    return {};
  },
  DescribeTargetHealth: (input, ctx) => {
    accept('DescribeTargetHealth', input, ['TargetGroupArn', 'Targets']);
    const group = needTargetGroup(ctx, input.TargetGroupArn);
    const inUse = isInUse(group, ctx) && ctx.state(elbRecords).targetGroups.has(group.arn);
    const asked = input.Targets?.length
      ? input.Targets.map((target) => ({ target, held: group.targets.get(keyOf(group, target)) }))
      : undefined;
    return {
      TargetHealthDescriptions: asked
        ? asked.map(({ target, held }) => (held ? describe(group, held, inUse) : { Target: target, TargetHealth: notRegistered }))
        : [...group.targets.values()].map((target) => describe(group, target, inUse)),
    };
  },
};
