import type { ReplicationStatusType, Tag } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { freshId, mixedAlphanumeric } from '../fresh-id.js';

export interface SecretVersion {
  readonly id: string;
  readonly text: string | undefined;
  readonly binary: Uint8Array | undefined;
  readonly created: Date;
  readonly stages: Set<string>;
}
export interface SecretRecord {
  readonly name: string;
  readonly arn: string;
  description: string | undefined;
  /** As given: key id, ARN or alias; absent means `aws/secretsmanager`. */
  kmsKeyId: string | undefined;
  readonly created: Date;
  changed: Date;
  accessed: Date | undefined;
  deleted: Date | undefined;
  /** End of the recovery window. */
  gone: Date | undefined;
  tags: Tag[];
  policy: string | undefined;
  /** Region of the secret that this one is a replica of; absent in what nobody else writes. */
  primaryRegion: string | undefined;
  /** Where this one is replicated to, and how that stands, by region. */
  readonly replicas: Map<string, ReplicationStatusType & { Region: string }>;
  readonly versions: Map<string, SecretVersion>;
}

const state = regional('secrets-manager.secrets', () => new Map<string, SecretRecord>());
/** By name. */
export const secretsOf = (ctx: Context): Map<string, SecretRecord> => ctx.state(state);

/** The name and six random characters, so that a secret made again under its old name is another one. */
export const newSecretArn = (ctx: Context, name: string): string =>
  `arn:aws:secretsmanager:${ctx.region}:${ctx.account}:secret:${name}-${freshId(ctx, 'secrets-manager.suffix', 6, mixedAlphanumeric)}`;

export const notFound = (message = "Secrets Manager can't find the specified secret."): AwsError =>
  new AwsError('ResourceNotFoundException', message);
export const refused = (message: string): AwsError => new AwsError('InvalidRequestException', message);
export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

/**
 * By name, ARN, or ARN without its last seven characters.
 * @throws AwsError ResourceNotFoundException
 */
export const secretNamed = (ctx: Context, id: string | undefined): SecretRecord => {
  const secrets = secretsOf(ctx);
  const found = secrets.get(id ?? '') ?? [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
  if (!found) throw notFound();
  return found;
};

/** @throws AwsError InvalidRequestException when it waits for its deletion. */
export const liveSecret = (ctx: Context, id: string | undefined): SecretRecord => {
  const secret = secretNamed(ctx, id);
  if (secret.deleted) throw refused("You can't perform this operation on the secret because it was marked for deletion.");
  return secret;
};

/** @throws AwsError InvalidRequestException for a replica, which only its primary secret writes. */
export const ownSecret = (ctx: Context, id: string | undefined): SecretRecord => {
  const secret = liveSecret(ctx, id);
  if (secret.primaryRegion === undefined) return secret;
  throw refused(`Operation not permitted on a replica secret. Call must be made in primary secret's region, ${secret.primaryRegion}.`);
};

export const versionAt = (secret: SecretRecord, stage: string): SecretVersion | undefined =>
  [...secret.versions.values()].find(({ stages }) => stages.has(stage));

/** Moves labels to a version. AWSCURRENT leaves AWSPREVIOUS behind, as UpdateSecretVersionStage's page says. */
export const label = (secret: SecretRecord, version: SecretVersion, stages: readonly string[]): void => {
  for (const stage of stages) {
    const before = versionAt(secret, stage);
    if (before === version) continue;
    before?.stages.delete(stage);
    version.stages.add(stage);
    if (stage === 'AWSCURRENT' && before) label(secret, before, ['AWSPREVIOUS']);
  }
};

export const versionsToStages = (secret: SecretRecord): Record<string, string[]> =>
  Object.fromEntries([...secret.versions.values()].filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));
