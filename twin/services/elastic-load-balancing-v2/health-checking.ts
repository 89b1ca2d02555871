/**
 * Health checks of targets: real probes, one event per target and interval.
 *
 * 1. A target is probed while it is registered and its group is in use by an active load balancer; otherwise its events end.
 * 2. A new target is healthy after one passed probe; later it changes after as many in a row as the thresholds say
 *    (ELB user guide, "Health checks for target groups").
 * 3. Probes of a target that has yet to become healthy belong to the operation that registered it, so that completing a stack
 *    operation by itself sees its service become healthy; later ones belong to nobody, or such an operation would never end.
 */
import type { ProbeResult } from '../../world/dataplane.js';
import type { Context } from '../../world/context.js';
import { elbRecords, usersOf, type Target, type TargetGroupRecord } from './records.js';

/** Probes after which a target that never was healthy no longer keeps its operation waiting. */
const settlingProbes = 60;
/** Real milliseconds: a target on loopback answers at once or, for the world, not at all. */
const probeTimeoutMs = 2_000;

export const isInUse = (group: TargetGroupRecord, ctx: Context): boolean =>
  usersOf(ctx, group).some((arn) => ctx.state(elbRecords).loadBalancers.get(arn)?.address !== undefined);

/** Starts probing the group's targets that are not yet being probed, if the group is in use. */
export const watchTargets = (groupArn: string, ctx: Context): void => {
  const group = ctx.state(elbRecords).targetGroups.get(groupArn);
  if (!group || !isInUse(group, ctx)) return;
  for (const target of group.targets.values()) {
    if (target.watched || target.health.State === 'draining') continue;
    target.watched = true;
    scheduleProbe(group, target, ctx);
  }
};

const scheduleProbe = (group: TargetGroupRecord, target: Target, ctx: Context): void => {
  const settled = target.hasBeenHealthy || target.probes >= settlingProbes;
  const place = settled ? ctx.operation('elbv2.health-checks') : ctx;
  place.after(group.described.HealthCheckIntervalSeconds ?? 30, `health check of ${target.id}:${target.port}`, async (then) => {
    const current = then.state(elbRecords).targetGroups.get(group.arn)?.targets.get(`${target.id}:${target.port}`);
    if (current !== target || target.health.State === 'draining' || !isInUse(group, then)) {
      target.watched = false;
      return;
    }
    judge(group, target, await probe(group, target, then));
    scheduleProbe(group, target, then);
  });
};

const probe = (group: TargetGroupRecord, target: Target, ctx: Context): Promise<ProbeResult> => {
  const { HealthCheckPort, HealthCheckPath } = group.described;
  const port = HealthCheckPort === 'traffic-port' ? target.port : Number(HealthCheckPort);
  return ctx.dataplane.network.probe({ protocol: 'http', host: target.id, port, path: HealthCheckPath ?? '/', timeoutMs: probeTimeoutMs });
};

const matches = (matcher: string, status: number): boolean =>
  matcher.split(',').some((part) => {
    const [from, to] = part.split('-').map(Number);
    return status >= from! && status <= (to ?? from!);
  });

const judge = (group: TargetGroupRecord, target: Target, result: ProbeResult): void => {
  const { Matcher, HealthyThresholdCount = 5, UnhealthyThresholdCount = 2 } = group.described;
  const passed = result.reached && matches(Matcher?.HttpCode ?? '200', result.status ?? 0);
  target.probes += 1;
  target.streak = passed ? Math.max(0, target.streak) + 1 : Math.min(0, target.streak) - 1;
  if (passed && target.streak >= (target.health.State === 'initial' ? 1 : HealthyThresholdCount)) {
    target.health = { State: 'healthy' };
    target.hasBeenHealthy = true;
  } else if (!passed && -target.streak >= UnhealthyThresholdCount) {
    target.health = { State: 'unhealthy', ...reasonOf(result) };
  } else if (target.health.State === 'initial') {
    target.health = { State: 'initial', Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' };
  }
};

const reasonOf = ({ reached, status, reason }: ProbeResult): Pick<Target['health'], 'Reason' | 'Description'> => {
  if (reached) return { Reason: 'Target.ResponseCodeMismatch', Description: `Health checks failed with these codes: [${status}]` };
  if (/time/i.test(reason ?? '')) return { Reason: 'Target.Timeout', Description: 'Request timed out' };
  return { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' };
};
