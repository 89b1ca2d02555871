import type { ParameterInlinePolicy, ParameterTier, ParameterType, Tag } from '@aws-sdk/client-ssm';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  /** Plain text, or what KMS made of it when `keyId` names a customer's key. */
  readonly value: string;
  readonly keyId: string | undefined;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly tier: ParameterTier;
  readonly dataType: string;
  readonly policies: ParameterInlinePolicy[];
  readonly modifiedAt: Date;
  readonly modifiedBy: string;
}
export interface ParameterRecord {
  readonly name: string;
  /** Oldest first; never empty. */
  readonly versions: ParameterVersion[];
  tags: Tag[];
}

const key = regional('ssm.parameters', () => new Map<string, ParameterRecord>());

export const parametersOf = (ctx: Context): Map<string, ParameterRecord> => ctx.state(key);
export const latest = (record: ParameterRecord): ParameterVersion => record.versions.at(-1)!;

export const parameterArn = (ctx: Context, name: string): string =>
  `arn:aws:ssm:${ctx.region}:${ctx.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** A name from what a client may give: the name itself or, for a parameter of this account and region, its ARN. */
export const plainName = (ctx: Context, given: string): string => {
  const [, path] = new RegExp(`^arn:aws:ssm:${ctx.region}:${ctx.account}:parameter(/.+)$`).exec(given) ?? [];
  if (path === undefined) return given;
  return parametersOf(ctx).has(path) ? path : path.slice(1);
};

/** The version `name`, `name:3` or an ARN asks for; undefined when there is none. */
export const selected = (
  ctx: Context,
  given: string,
): { record: ParameterRecord; version: ParameterVersion; selector?: string } | undefined => {
  const [, bare = given, selector] = /^(.*?[^:]):([^:/]+)$/.exec(given.startsWith('arn:') ? '' : given) ?? [];
  const name = plainName(ctx, bare);
  if (name.startsWith('/aws/')) {
    throw new AwsError('NotModelled', `NotModelled: ssm public parameter ${name}: the twin has none`, { status: 501 });
  }
  const record = parametersOf(ctx).get(name);
  if (!record) return undefined;
  if (selector === undefined) return { record, version: latest(record) };
  if (!/^\d+$/.test(selector)) throw new AwsError('NotModelled', `NotModelled: ssm parameter label ${selector}`, { status: 501 });
  const version = record.versions.find((held) => held.version === Number(selector));
  if (!version) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
    );
  }
  return { record, version, selector: `:${selector}` };
};
