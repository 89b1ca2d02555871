/**
 * Route 53's health checkers: real probes on the world's clock. They live in no region that can be lost, and their events belong to no
 * operation, as they never end.
 */
import type { HealthCheckConfig } from '@aws-sdk/client-route-53';
import type { ProbeResult } from '../../world/dataplane.js';
import type { Context } from '../../world/context.js';
import type { DurationName } from '../../world/durations.js';
import { followAlarm } from './alarm-health-check.js';
import { followControl } from './control-health-check.js';
import { dataPlane } from './data-plane.js';
import type { CheckedEndpoint } from './health-status.js';

/** Not a region of AWS's: nothing loses it. */
const outsideRegions = 'global';
/** Real milliseconds; AWS waits 4 s for the connection and 2 s more for the answer, which no clock here has to spend. */
const probeTimeoutMs = 2_000;

/** Gives a new health check to the checkers, who look at its endpoint every RequestInterval from now on, or at its alarm's metric or routing control. */
export const startChecking = (id: string, check: Pick<CheckedEndpoint, 'config' | 'alarm'>, ctx: Context): void => {
  const checked: CheckedEndpoint = { ...check, streak: 0 };
  ctx.state(dataPlane).checks.set(id, checked);
  if (check.config.Type === 'RECOVERY_CONTROL') followControl(checked, ctx);
  if (check.config.Type !== 'CALCULATED') schedule(id, ctx.at({ region: outsideRegions }).operation('route-53.health-checks'));
};

/** Checks that have no endpoint of their own, by type. */
const followers: Readonly<
  Record<string, { readonly after: DurationName; readonly follow: (check: CheckedEndpoint, ctx: Context) => void } | undefined>
> = {
  CLOUDWATCH_METRIC: { after: 'route53.follow-alarm', follow: followAlarm },
  RECOVERY_CONTROL: { after: 'route53.follow-routing-control', follow: followControl },
};

const schedule = (id: string, ctx: Context): void => {
  const check = ctx.state(dataPlane).checks.get(id);
  if (!check) return;
  const followed = followers[check.config.Type ?? ''];
  const wait = followed ? ctx.takes(followed.after) : (check.config.RequestInterval ?? 30);
  ctx.after(wait, `health check ${id}`, async (then) => {
    const current = then.state(dataPlane).checks.get(id);
    if (current && !current.config.Disabled) {
      if (followed) followed.follow(current, then);
      else judge(current, await probe(current.config, then), then);
    }
    schedule(id, then);
  });
};

const probe = (config: HealthCheckConfig, ctx: Context): Promise<ProbeResult> => {
  const { Type, IPAddress, FullyQualifiedDomainName: name, ResourcePath, Port, SearchString } = config;
  const secure = Type?.startsWith('HTTPS') ?? false;
  const path = ResourcePath ?? '/';
  return ctx.dataplane.network.probe({
    protocol: Type === 'TCP' ? 'tcp' : secure ? 'https' : 'http',
    host: IPAddress ?? name ?? '',
    port: Port ?? (secure ? 443 : 80),
    path: path.startsWith('/') ? path : `/${path}`,
    ...(IPAddress && name ? { hostHeader: name } : {}),
    timeoutMs: probeTimeoutMs,
    ...(SearchString ? { wantBody: true } : {}),
  });
};

/** 2xx and 3xx pass; with a search string it has to be in the body's first 5,120 bytes as well. */
const verdict = (
  { Type, SearchString }: HealthCheckConfig,
  { reached, status = 0, body = '', reason }: ProbeResult,
): { passed: boolean; status: string } => {
  if (!reached)
    return {
      passed: false,
      status: `Failure: ${reason ?? 'Connection timed out. The endpoint or the internet connection is down, or requests are being blocked.'}`,
    };
  if (Type === 'TCP') return { passed: true, status: 'Success: TCP connection established' };
  if (status < 200 || status >= 400) return { passed: false, status: `Failure: HTTP Status Code ${status}` };
  if (SearchString && !body.includes(SearchString))
    return { passed: false, status: `Failure: HTTP Status Code ${status}. Response body did not match search string.` };
  return { passed: true, status: `Success: HTTP Status Code ${status}, OK` };
};

const judge = (check: CheckedEndpoint, result: ProbeResult, ctx: Context): void => {
  const { passed, status } = verdict(check.config, result);
  check.observed = { status, at: ctx.date() };
  if (!passed) check.lastFailure = check.observed;
  check.streak = passed ? Math.max(0, check.streak) + 1 : Math.min(0, check.streak) - 1;
  if (Math.abs(check.streak) >= (check.config.FailureThreshold ?? 3)) check.isUp = passed;
};
