import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accountWide } from '../../world/state.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { missing } from './records.js';

interface DashboardRecord {
  readonly name: string;
  readonly body: string;
  readonly modified: number;
}

/** "All dashboards in your account are global, not region-specific" (PutDashboard, API reference). */
const dashboardsOf = (ctx: Context) => ctx.state(dashboards);
const dashboards = accountWide('cloudwatch.dashboards', () => new Map<string, DashboardRecord>());

const arnOf = (ctx: Context, name: string): string => `arn:aws:cloudwatch::${ctx.account}:dashboard/${name}`;
const notFound = (names: readonly string[]): AwsError =>
  new AwsError('DashboardNotFoundError', `Dashboard ${names.join(', ')} does not exist`);
const invalid = (message: string): AwsError => new AwsError('DashboardInvalidInputError', message);

const checkBody = (body: string): void => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw invalid('The field DashboardBody must be a valid JSON object');
  }
  if (!Array.isArray((parsed as { widgets?: unknown } | null)?.widgets)) throw invalid('The dashboard body is invalid: it has no widgets');
};

export const dashboardOperations = {
  PutDashboard: (input, ctx) => {
    accept('cloudwatch.PutDashboard', input, ['DashboardName', 'DashboardBody']);
    const { DashboardName: name, DashboardBody: body } = input;
    if (name === undefined) throw missing('DashboardName');
    if (body === undefined) throw missing('DashboardBody');
    if (!/^[\w-]{1,255}$/.test(name)) throw invalid(`The value ${name} for field DashboardName contains invalid characters`);
    checkBody(body);
    dashboardsOf(ctx).set(name, { name, body, modified: ctx.now() });
    return { DashboardValidationMessages: [] };
  },
  GetDashboard: (input, ctx) => {
    accept('cloudwatch.GetDashboard', input, ['DashboardName']);
    const found = dashboardsOf(ctx).get(input.DashboardName ?? '');
    if (!found) throw notFound([input.DashboardName ?? '']);
    return { DashboardArn: arnOf(ctx, found.name), DashboardBody: found.body, DashboardName: found.name };
  },
  ListDashboards: (input, ctx) => {
    accept('cloudwatch.ListDashboards', input, ['DashboardNamePrefix', 'NextToken']);
    const found = [...dashboardsOf(ctx).values()].filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ''));
    const { items, next } = page(found, { token: input.NextToken, most: 1000 }, () => invalid('The next token specified is invalid.'));
    const entries = items.map(({ name, body, modified }) => ({
      DashboardName: name,
      DashboardArn: arnOf(ctx, name),
      LastModified: new Date(modified),
      Size: Buffer.byteLength(body),
    }));
    return { DashboardEntries: entries, NextToken: next };
  },
  DeleteDashboards: (input, ctx) => {
    accept('cloudwatch.DeleteDashboards', input, ['DashboardNames']);
    const names = input.DashboardNames ?? [];
    const absent = names.filter((name) => !dashboardsOf(ctx).has(name));
    // One that is not there, and none is deleted (DeleteDashboards, API reference).
    if (absent.length > 0) throw notFound(absent);
    for (const name of names) dashboardsOf(ctx).delete(name);
    return {};
  },
} satisfies Operations<typeof CloudWatch>;
