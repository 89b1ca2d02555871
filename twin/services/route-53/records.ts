import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type * as R53 from '@aws-sdk/client-route-53';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accountWide } from '../../world/state.js';

export interface ZoneRecord {
  /** Without `/hostedzone/`. */
  readonly id: string;
  /** With the final dot. */
  readonly name: string;
  readonly callerReference: string;
  readonly nameServers: readonly string[];
  comment: string | undefined;
  acceleratedRecovery: boolean;
  /** By `recordKey`: what the control plane holds, which the answers follow when a change is INSYNC. */
  recordSets: Map<string, R53.ResourceRecordSet>;
  /** Numbers the zone's changes. */
  version: number;
}

/** One change of a batch, its record set normalised. */
export interface AskedChange {
  readonly action: R53.ChangeAction;
  readonly recordSet: R53.ResourceRecordSet;
}

export interface HealthCheckRecord {
  readonly id: string;
  readonly callerReference: string;
  config: R53.HealthCheckConfig;
  /** Of a CLOUDWATCH_METRIC check: its own copy of the alarm. */
  alarm: MetricAlarm | undefined;
  version: number;
}

/** The control plane's records: of the account, wherever a call comes from. */
export const route53Records = accountWide('route-53', () => ({
  zones: new Map<string, ZoneRecord>(),
  healthChecks: new Map<string, HealthCheckRecord>(),
  changes: new Map<string, R53.ChangeInfo>(),
  /** By `healthcheck/ID` or `hostedzone/ID`. */
  tags: new Map<string, Map<string, string>>(),
}));

/** `WWW.Example.com` → `www.example.com.`, with `*` written as Route 53 lists it. */
export const canonicalName = (name: string): string => {
  const lower = name.toLowerCase().replace(/^\*/, '\\052');
  return lower.endsWith('.') ? lower : `${lower}.`;
};

export const recordKey = ({ Name = '', Type, SetIdentifier }: Pick<R53.ResourceRecordSet, 'Name' | 'Type' | 'SetIdentifier'>): string =>
  `${canonicalName(Name)} ${Type} ${SetIdentifier ?? ''}`;

/** An id as clients give it: bare, or as a path. */
export const bareId = (id: string | undefined): string => (id ?? '').replace(/^\/?(hostedzone|change|healthcheck)\//, '');

export const needZone = (ctx: Context, id: string | undefined): ZoneRecord => {
  const found = ctx.state(route53Records).zones.get(bareId(id));
  if (!found) throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${bareId(id)}`);
  return found;
};

export const needHealthCheck = (ctx: Context, id: string | undefined): HealthCheckRecord => {
  const found = ctx.state(route53Records).healthChecks.get(bareId(id));
  if (!found) throw new AwsError('NoSuchHealthCheck', `No health check exists with the specified ID: ${bareId(id)}`);
  return found;
};

export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', message);
