import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { HealthCheckConfig } from '@aws-sdk/client-route-53';

/** What the checkers know of one health check. */
export interface CheckedEndpoint {
  config: HealthCheckConfig;
  /** Of a CLOUDWATCH_METRIC check: the alarm as it was when the check was made or last updated. */
  alarm?: MetricAlarm | undefined;
  /** Undefined until as many checks in a row agree as the threshold says. */
  isUp?: boolean;
  /** Checks in a row that passed, or (negative) failed. */
  streak: number;
  /** As GetHealthCheckStatus shows it: of the endpoint, before inversion. */
  observed?: { status: string; at: Date };
  lastFailure?: { status: string; at: Date };
}

/**
 * Whether DNS failover takes the health check for healthy. One without enough data counts as healthy, a disabled one, too; inversion
 * comes last, so that a new inverted check counts as *unhealthy* until there is data
 * (Route 53 developer guide, "How Amazon Route 53 determines whether a health check is healthy").
 */
export const isHealthy = (id: string, checks: ReadonlyMap<string, CheckedEndpoint>, depth = 0): boolean => {
  const check = checks.get(id);
  if (!check || depth > 8) return true;
  const { Disabled, Inverted, Type } = check.config;
  const status = Disabled || (Type === 'CALCULATED' ? enoughChildren(check.config, checks, depth) : (check.isUp ?? true));
  return Inverted ? !status : status;
};

const enoughChildren = (
  { ChildHealthChecks = [], HealthThreshold = 0 }: HealthCheckConfig,
  checks: ReadonlyMap<string, CheckedEndpoint>,
  depth: number,
): boolean => ChildHealthChecks.filter((id) => isHealthy(id, checks, depth + 1)).length >= HealthThreshold;
