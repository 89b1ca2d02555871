import type * as R53 from '@aws-sdk/client-route-53';
import { isDeepStrictEqual } from 'node:util';
import { isIPv4 } from 'node:net';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { alarmOf, describedAlarm } from './alarm-health-check.js';
import { mustFollowControl } from './control-health-check.js';
import { dataPlane } from './data-plane.js';
import { startChecking } from './health-checking.js';
import { invalidInput, needHealthCheck, route53Records, type HealthCheckRecord } from './records.js';

const probing = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'] as const;
const members = [
  ...(['Type', 'IPAddress', 'Port', 'ResourcePath', 'FullyQualifiedDomainName', 'SearchString', 'RequestInterval'] as const),
  ...(['FailureThreshold', 'Inverted', 'Disabled', 'EnableSNI', 'HealthThreshold', 'ChildHealthChecks'] as const),
  ...(['AlarmIdentifier', 'InsufficientDataHealthStatus', 'RoutingControlArn'] as const),
];
const changeable = members.filter((name) => name !== 'Type' && name !== 'RequestInterval' && name !== 'RoutingControlArn');

const isProbing = (type: string | undefined): boolean => (probing as readonly (string | undefined)[]).includes(type);

const checkProbe = (config: R53.HealthCheckConfig): void => {
  const {
    Type,
    IPAddress,
    FullyQualifiedDomainName: name,
    Port,
    SearchString,
    RequestInterval: interval,
    FailureThreshold: threshold,
  } = config;
  if (!IPAddress && !name) throw invalidInput('Either IPAddress or FullyQualifiedDomainName must be specified.');
  if (IPAddress && !isIPv4(IPAddress)) throw invalidInput(`Invalid IP address: ${IPAddress}`);
  if (Type === 'TCP' && Port === undefined) throw invalidInput('Port must be specified for TCP health checks.');
  const matches = Type?.endsWith('_STR_MATCH') ?? false;
  if (matches !== Boolean(SearchString)) {
    throw invalidInput(
      matches
        ? `SearchString must be specified for ${Type} health checks.`
        : `SearchString must not be specified for ${Type} health checks.`,
    );
  }
  if (interval !== 10 && interval !== 30)
    throw invalidInput(`Value '${interval}' at 'requestInterval' failed to satisfy constraint: must be 10 or 30`);
  if (!(threshold! >= 1 && threshold! <= 10))
    throw invalidInput(`Value '${threshold}' at 'failureThreshold' failed to satisfy constraint: must be between 1 and 10`);
};

const checkCalculated = ({ ChildHealthChecks = [], HealthThreshold = 0 }: R53.HealthCheckConfig, ctx: Context): void => {
  for (const id of ChildHealthChecks) {
    if (!ctx.state(route53Records).healthChecks.has(id)) throw invalidInput(`The child health check ${id} does not exist.`);
  }
  if (HealthThreshold < 0 || HealthThreshold > 256) throw invalidInput('HealthThreshold must be between 0 and 256.');
};

/** The configuration with AWS's defaults. */
const complete = (given: R53.HealthCheckConfig, ctx: Context): R53.HealthCheckConfig => {
  accept('a health check', given, members);
  const shared = { Inverted: false, Disabled: false };
  if (given.Type === 'CALCULATED') {
    checkCalculated(given, ctx);
    return { ...shared, ...given };
  }
  if (given.Type === 'CLOUDWATCH_METRIC') return { InsufficientDataHealthStatus: 'LastKnownStatus', ...shared, ...given };
  if (given.Type === 'RECOVERY_CONTROL') {
    mustFollowControl(given, ctx);
    return { ...shared, ...given };
  }
  if (!isProbing(given.Type)) accept('a health check', { [`type ${given.Type}`]: true }, []);
  const secure = given.Type?.startsWith('HTTPS') ?? false;
  const port = given.Type === 'TCP' ? {} : { Port: secure ? 443 : 80 };
  const config = { RequestInterval: 30, FailureThreshold: 3, MeasureLatency: false, EnableSNI: secure, ...shared, ...port, ...given };
  checkProbe(config);
  return config;
};

const describe = ({ id, callerReference, config, alarm, version }: HealthCheckRecord): R53.HealthCheck => ({
  Id: id,
  CallerReference: callerReference,
  HealthCheckConfig: { ...config },
  HealthCheckVersion: version,
  ...(alarm ? { CloudWatchAlarmConfiguration: describedAlarm(alarm) } : {}),
});

const create = (input: R53.CreateHealthCheckRequest, ctx: Context): HealthCheckRecord => {
  const callerReference = need(input.CallerReference, 'CallerReference', 'InvalidInput');
  const given = Object.entries(need(input.HealthCheckConfig, 'HealthCheckConfig', 'InvalidInput')).filter(
    ([, value]) => value !== undefined,
  );
  const config = complete(Object.fromEntries(given) as unknown as R53.HealthCheckConfig, ctx);
  const { healthChecks } = ctx.state(route53Records);
  const existing = [...healthChecks.values()].find((check) => check.callerReference === callerReference);
  if (existing && isDeepStrictEqual(existing.config, config)) return existing;
  if (existing) {
    const message = `A health check has already been created with the specified caller reference: ${callerReference} but with different settings.`;
    throw new AwsError('HealthCheckAlreadyExists', message);
  }
  const alarm = followedBy(config, ctx);
  const check: HealthCheckRecord = { id: freshUuid(ctx, 'route-53-health-check'), callerReference, config, alarm, version: 1 };
  healthChecks.set(check.id, check);
  startChecking(check.id, check, ctx);
  return check;
};

const followedBy = (config: R53.HealthCheckConfig, ctx: Context) =>
  config.Type === 'CLOUDWATCH_METRIC' ? alarmOf(config, ctx) : undefined;

const resets: Readonly<Record<string, keyof R53.HealthCheckConfig>> = {
  FullyQualifiedDomainName: 'FullyQualifiedDomainName',
  ResourcePath: 'ResourcePath',
  ChildHealthChecks: 'ChildHealthChecks',
};

const update = (input: R53.UpdateHealthCheckRequest, ctx: Context): HealthCheckRecord => {
  accept('UpdateHealthCheck', input, ['HealthCheckId', 'HealthCheckVersion', 'ResetElements', ...changeable]);
  const check = needHealthCheck(ctx, input.HealthCheckId);
  if (input.HealthCheckVersion !== undefined && input.HealthCheckVersion !== check.version) {
    throw new AwsError(
      'HealthCheckVersionMismatch',
      `The value of HealthCheckVersion (${input.HealthCheckVersion}) does not match the current version (${check.version}).`,
    );
  }
  const kept = { ...check.config };
  for (const name of input.ResetElements ?? []) {
    const member = resets[name];
    if (!member) accept('UpdateHealthCheck', { [`ResetElements ${name}`]: true }, []);
    else delete kept[member];
  }
  const given = changeable.filter((name) => input[name] !== undefined).map((name) => [name, input[name]] as const);
  const config = complete({ ...kept, ...Object.fromEntries(given) }, ctx);
  check.alarm = followedBy(config, ctx);
  check.config = config;
  check.version += 1;
  const checked = ctx.state(dataPlane).checks.get(check.id);
  if (checked) Object.assign(checked, { config, alarm: check.alarm });
  return check;
};

const remove = (id: string | undefined, ctx: Context): void => {
  const check = needHealthCheck(ctx, id);
  const { zones, healthChecks, tags } = ctx.state(route53Records);
  const isUsed =
    [...zones.values()].some((zone) => [...zone.recordSets.values()].some(({ HealthCheckId }) => HealthCheckId === check.id)) ||
    [...healthChecks.values()].some(({ config }) => config.ChildHealthChecks?.includes(check.id));
  if (isUsed) throw new AwsError('HealthCheckInUse', `The health check ${check.id} is in use and cannot be deleted.`);
  healthChecks.delete(check.id);
  tags.delete(`healthcheck/${check.id}`);
  ctx.state(dataPlane).checks.delete(check.id);
};

const observations = (id: string | undefined, which: 'observed' | 'lastFailure', ctx: Context): R53.HealthCheckObservation[] => {
  const check = needHealthCheck(ctx, id);
  if (!isProbing(check.config.Type)) throw invalidInput(`The health check ${check.id} has no checkers of its own.`);
  const seen = ctx.state(dataPlane).checks.get(check.id)?.[which];
  return seen ? [{ Region: 'us-east-1', IPAddress: '15.177.2.1', StatusReport: { Status: seen.status, CheckedTime: seen.at } }] : [];
};

export const healthCheckOperations: Operations<typeof R53> = {
  CreateHealthCheck: (input, ctx) => {
    const check = create(input, ctx);
    return { HealthCheck: describe(check), Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.id}` };
  },
  GetHealthCheck: ({ HealthCheckId }, ctx) => ({ HealthCheck: describe(needHealthCheck(ctx, HealthCheckId)) }),
  UpdateHealthCheck: (input, ctx) => ({ HealthCheck: describe(update(input, ctx)) }),
  DeleteHealthCheck: ({ HealthCheckId }, ctx) => {
    remove(HealthCheckId, ctx);
    return {};
  },
  ListHealthChecks: ({ Marker, MaxItems }, ctx) => {
    const all = [...ctx.state(route53Records).healthChecks.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    const from = all.filter(({ id }) => id >= (Marker ?? ''));
    const most = Math.min(100, MaxItems ?? 100);
    const next = from[most];
    const rest = { Marker: Marker ?? '', IsTruncated: next !== undefined, MaxItems: most, ...(next ? { NextMarker: next.id } : {}) };
    return { HealthChecks: from.slice(0, most).map(describe), ...rest };
  },
  GetHealthCheckStatus: ({ HealthCheckId }, ctx) => ({ HealthCheckObservations: observations(HealthCheckId, 'observed', ctx) }),
  GetHealthCheckLastFailureReason: ({ HealthCheckId }, ctx) => ({
    HealthCheckObservations: observations(HealthCheckId, 'lastFailure', ctx),
  }),
};
