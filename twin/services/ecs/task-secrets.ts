import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';

/** Why a task could not be given what it needs, in the words of the Fargate agent. */
export class ResourceInitializationError extends Error {}

const retrieval = 'unable to pull secrets or registry auth: execution resource retrieval failed:';
const words = (error: unknown): string =>
  error instanceof AwsError
    ? `${error.code}: ${error.message}`
    : 'RequestCanceled: request context canceled caused by: context deadline exceeded';

/** `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:JSON-KEY[:STAGE[:VERSION-ID]]]`, each optional part possibly empty. */
const fromSecretsManager = async (valueFrom: string, ctx: Context): Promise<string> => {
  const parts = valueFrom.split(':');
  const [jsonKey, stage, version] = parts.slice(7);
  const arn = parts.slice(0, 7).join(':');
  const failed = (why: string): ResourceInitializationError =>
    new ResourceInitializationError(`${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): ${why}`);
  const input = { SecretId: arn, ...(stage ? { VersionStage: stage } : {}), ...(version ? { VersionId: version } : {}) };
  const asked = ctx.at({ region: parts[3] ?? ctx.region }).onBehalf('ecs');
  const { SecretString } = await asked
    .call<{ SecretString?: string }>('secrets-manager', 'GetSecretValue', input)
    .catch((error: unknown) => Promise.reject(failed(`failed to fetch secret ${arn} from secrets manager: ${words(error)}`)));
  if (!jsonKey) return SecretString ?? '';
  const value = jsonObject(SecretString)?.[jsonKey];
  if (value === undefined) throw failed(`retrieved secret from Secrets Manager did not contain json key ${jsonKey}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const jsonObject = (text: string | undefined): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text ?? '') as Record<string, unknown>;
  } catch {
    return undefined;
  }
};

/** A parameter's name, or its ARN where it is in another region. */
const fromParameterStore = async (valueFrom: string, ctx: Context): Promise<string> => {
  const parts = valueFrom.split(':');
  const isArn = valueFrom.startsWith('arn:');
  const path = isArn
    ? parts
        .slice(5)
        .join(':')
        .replace(/^parameter/, '')
    : valueFrom;
  // `parameter/name` is the ARN of both `name` and `/name`; only a hierarchy keeps its first slash.
  const name = isArn && path.lastIndexOf('/') === 0 ? path.slice(1) : path;
  const failed = (why: string): ResourceInitializationError =>
    new ResourceInitializationError(`${retrieval} unable to retrieve secrets from ssm: service call has been retried 1 time(s): ${why}`);
  const { Parameters = [] } = await ctx
    .at({ region: isArn ? (parts[3] ?? ctx.region) : ctx.region })
    .onBehalf('ecs')
    .call<{ Parameters?: { Value?: string }[] }>('ssm', 'GetParameters', { Names: [name], WithDecryption: true })
    .catch((error: unknown) => Promise.reject(failed(words(error))));
  const value = Parameters[0]?.Value;
  if (value === undefined) throw failed(`invalid ssm parameters: ${name}`);
  return value;
};

/**
 * The whole environment of a container: what the task definition says, then its secrets as they are now, then overrides.
 * @throws ResourceInitializationError naming the secret or parameter that could not be had.
 */
export const environmentOf = async (
  container: Ecs.ContainerDefinition,
  override: Ecs.ContainerOverride | undefined,
  ctx: Context,
): Promise<Record<string, string>> => {
  const pairs = (list: readonly Ecs.KeyValuePair[] | undefined): [string, string][] =>
    (list ?? []).map(({ name, value }) => [name ?? '', value ?? '']);
  const secrets: [string, string][] = [];
  for (const { name = '', valueFrom = '' } of container.secrets ?? []) {
    const value = valueFrom.includes(':secretsmanager:') ? fromSecretsManager(valueFrom, ctx) : fromParameterStore(valueFrom, ctx);
    secrets.push([name, await value]);
  }
  return Object.fromEntries([...pairs(container.environment), ...secrets, ...pairs(override?.environment)]);
};
