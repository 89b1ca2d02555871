import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { randomPassword } from './random-password.js';
import { checkKey } from './secret-key.js';
import { replicateLater } from './replication.js';
import {
  invalid,
  label,
  liveSecret,
  notFound,
  ownSecret,
  secretNamed,
  versionAt,
  type SecretRecord,
  type SecretVersion,
} from './records.js';

type Value = { SecretString?: string; SecretBinary?: Uint8Array };

export const values = {
  GetSecretValue: async (input, ctx) => {
    const secret = liveSecret(ctx, input.SecretId);
    const stage = input.VersionStage ?? 'AWSCURRENT';
    const version = input.VersionId === undefined ? versionAt(secret, stage) : secret.versions.get(input.VersionId);
    if (!version || (input.VersionStage !== undefined && !version.stages.has(stage))) {
      const what = input.VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${input.VersionId}`;
      throw notFound(`Secrets Manager can't find the specified secret value for ${what}`);
    }
    await checkKey(ctx, secret.kmsKeyId);
    // Kept to the day, as DescribeSecret says.
    secret.accessed = new Date(Math.floor(ctx.now() / 86_400_000) * 86_400_000);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      SecretString: version.text,
      SecretBinary: version.binary,
      VersionStages: [...version.stages],
      CreatedDate: version.created,
    };
  },

  PutSecretValue: async (input, ctx) => {
    accept('secrets-manager.PutSecretValue', input, ['SecretId', 'ClientRequestToken', 'SecretString', 'SecretBinary', 'VersionStages']);
    const secret = ownSecret(ctx, input.SecretId);
    if (input.SecretString === undefined && input.SecretBinary === undefined)
      throw invalid('You must provide either SecretString or SecretBinary.');
    const version = await addVersion(ctx, secret, input, input.ClientRequestToken, input.VersionStages);
    replicateLater(ctx, secret);
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
  },

  UpdateSecretVersionStage: (input, ctx) => {
    const secret = ownSecret(ctx, input.SecretId);
    const stage = input.VersionStage ?? '';
    const from = versionAt(secret, stage);
    if (from && from.id !== input.RemoveFromVersionId && from.id !== input.MoveToVersionId) {
      throw invalid(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${from.id}.`,
      );
    }
    if (input.MoveToVersionId === undefined) {
      if (stage === 'AWSCURRENT') throw invalid("You can't remove the staging label AWSCURRENT without moving it to another version.");
      from?.stages.delete(stage);
    } else {
      const to = secret.versions.get(input.MoveToVersionId);
      if (!to) throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${input.MoveToVersionId}`);
      label(secret, to, [stage]);
    }
    secret.changed = ctx.date();
    replicateLater(ctx, secret);
    return { ARN: secret.arn, Name: secret.name };
  },

  ListSecretVersionIds: (input, ctx) => {
    const secret = secretNamed(ctx, input.SecretId);
    const versions = [...secret.versions.values()].filter(({ stages }) => stages.size > 0 || input.IncludeDeprecated);
    return {
      ARN: secret.arn,
      Name: secret.name,
      Versions: versions.map(({ id, stages, created }) => ({ VersionId: id, VersionStages: [...stages], CreatedDate: created })),
    };
  },

  GetRandomPassword: (input, ctx) => ({ RandomPassword: randomPassword(ctx, input) }),
} satisfies Operations<typeof SecretsManager>;

/**
 * A new version under the token's id. The same token with the same value is the same request.
 * @throws AwsError ResourceExistsException when the token named another value.
 */
export const addVersion = async (
  ctx: Context,
  secret: SecretRecord,
  value: Value,
  token: string | undefined,
  stages: readonly string[] = ['AWSCURRENT'],
): Promise<SecretVersion> => {
  const id = token ?? freshUuid(ctx, 'secrets-manager.version');
  const existing = secret.versions.get(id);
  if (existing) {
    if (same(existing, value)) return existing;
    throw new AwsError('ResourceExistsException', "You can't modify an existing version, you can only create new versions.");
  }
  await checkKey(ctx, secret.kmsKeyId);
  const version: SecretVersion = { id, text: value.SecretString, binary: value.SecretBinary, created: ctx.date(), stages: new Set() };
  secret.versions.set(id, version);
  label(secret, version, secret.versions.size === 1 ? ['AWSCURRENT', ...stages.filter((stage) => stage !== 'AWSCURRENT')] : stages);
  secret.changed = ctx.date();
  return version;
};

const same = ({ text, binary }: SecretVersion, value: Value): boolean =>
  text === value.SecretString && Buffer.from(binary ?? []).equals(Buffer.from(value.SecretBinary ?? []));
