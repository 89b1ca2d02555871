import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { checkKey } from './secret-key.js';
import { addVersion } from './values.js';
import { mayBeDeleted, replicateLater, replicateTo, replicationOf } from './replication.js';
import {
  invalid,
  liveSecret,
  ownSecret,
  newSecretArn,
  refused,
  secretNamed,
  secretsOf,
  versionsToStages,
  type SecretRecord,
} from './records.js';

export const secrets = {
  CreateSecret: async (input, ctx) => {
    accept('secrets-manager.CreateSecret', input, [
      'Name',
      'ClientRequestToken',
      'Description',
      'KmsKeyId',
      'SecretString',
      'SecretBinary',
      'Tags',
      'AddReplicaRegions',
      'ForceOverwriteReplicaSecret',
    ]);
    const name = input.Name ?? '';
    if (!/^[\w/+=.@-]{1,512}$/.test(name))
      throw invalid('Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!');
    if (input.SecretString !== undefined && input.SecretBinary !== undefined)
      throw invalid("You can't specify both a secret string and a secret binary.");
    const existing = secretsOf(ctx).get(name);
    if (existing) return again(ctx, existing, input);
    await checkKey(ctx, input.KmsKeyId);
    const now = ctx.date();
    const secret: SecretRecord = {
      name,
      arn: newSecretArn(ctx, name),
      description: input.Description,
      kmsKeyId: input.KmsKeyId,
      created: now,
      changed: now,
      accessed: undefined,
      deleted: undefined,
      gone: undefined,
      tags: input.Tags ?? [],
      policy: undefined,
      primaryRegion: undefined,
      replicas: new Map(),
      versions: new Map(),
    };
    secretsOf(ctx).set(name, secret);
    const made = await withValue(ctx, secret, input);
    replicateTo(ctx, secret, input.AddReplicaRegions ?? [], input.ForceOverwriteReplicaSecret);
    return { ARN: secret.arn, Name: name, ...made, ...replicationOf(secret) };
  },

  UpdateSecret: async (input, ctx) => {
    accept('secrets-manager.UpdateSecret', input, [
      'SecretId',
      'ClientRequestToken',
      'Description',
      'KmsKeyId',
      'SecretString',
      'SecretBinary',
    ]);
    const secret = ownSecret(ctx, input.SecretId);
    if (input.KmsKeyId !== undefined) await checkKey(ctx, input.KmsKeyId);
    secret.kmsKeyId = input.KmsKeyId ?? secret.kmsKeyId;
    secret.description = input.Description ?? secret.description;
    secret.changed = ctx.date();
    const version = await withValue(ctx, secret, input);
    replicateLater(ctx, secret);
    return { ARN: secret.arn, Name: secret.name, ...version };
  },

  DescribeSecret: (input, ctx) => {
    const secret = secretNamed(ctx, input.SecretId);
    return { ...summary(secret), ...replicationOf(secret), VersionIdsToStages: versionsToStages(secret) };
  },

  ListSecrets: (input, ctx) => {
    const wanted = (secret: SecretRecord): boolean =>
      (input.IncludePlannedDeletion || !secret.deleted) && (input.Filters ?? []).every((filter) => matches(secret, filter));
    const all = [...secretsOf(ctx).values()].filter(wanted);
    const { items, next } = page(
      all,
      { token: input.NextToken, most: input.MaxResults ?? 100 },
      () => new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.'),
    );
    return {
      SecretList: items.map((secret) => ({ ...summary(secret), SecretVersionsToStages: versionsToStages(secret) })),
      NextToken: next,
    };
  },

  DeleteSecret: (input, ctx) => {
    const forced = input.ForceDeleteWithoutRecovery === true;
    const { RecoveryWindowInDays: days = 30 } = input;
    if (forced && input.RecoveryWindowInDays !== undefined)
      throw invalid("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    if (days < 7 || days > 30) throw invalid('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    const secret = secretNamed(ctx, input.SecretId);
    mayBeDeleted(secret);
    if (secret.deleted && !forced) throw refused("You can't perform this operation on the secret because it was already deleted.");
    secret.deleted = ctx.date();
    secret.gone = forced ? ctx.date() : new Date(ctx.now() + days * 86_400_000);
    if (forced) secretsOf(ctx).delete(secret.name);
    else forgetLater(ctx, secret, days);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.gone };
  },

  RestoreSecret: (input, ctx) => {
    const secret = secretNamed(ctx, input.SecretId);
    secret.deleted = undefined;
    secret.gone = undefined;
    return { ARN: secret.arn, Name: secret.name };
  },

  TagResource: (input, ctx) => {
    const secret = ownSecret(ctx, input.SecretId);
    const added = input.Tags ?? [];
    secret.tags = [...secret.tags.filter((tag) => !added.some(({ Key }) => Key === tag.Key)), ...added];
    replicateLater(ctx, secret);
    return {};
  },
  UntagResource: (input, ctx) => {
    const secret = ownSecret(ctx, input.SecretId);
    secret.tags = secret.tags.filter(({ Key }) => !input.TagKeys?.includes(Key!));
    replicateLater(ctx, secret);
    return {};
  },

  GetResourcePolicy: (input, ctx) => {
    const secret = liveSecret(ctx, input.SecretId);
    return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy };
  },
  PutResourcePolicy: (input, ctx) => {
    const secret = liveSecret(ctx, input.SecretId);
    secret.policy = input.ResourcePolicy;
    return { ARN: secret.arn, Name: secret.name };
  },
  DeleteResourcePolicy: (input, ctx) => {
    const secret = liveSecret(ctx, input.SecretId);
    secret.policy = undefined;
    return { ARN: secret.arn, Name: secret.name };
  },
} satisfies Operations<typeof SecretsManager>;

type Given = { ClientRequestToken?: string; SecretString?: string; SecretBinary?: Uint8Array };

/** The same token and value again is the same request; anything else is a name that is taken. */
const again = async (ctx: Context, secret: SecretRecord, input: Given): Promise<{ ARN: string; Name: string; VersionId?: string }> => {
  if (secret.deleted) throw refused("You can't create this secret because a secret with this name is already scheduled for deletion.");
  const version = secret.versions.get(input.ClientRequestToken ?? '');
  if (!version || version.text !== input.SecretString) {
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${secret.name} already exists.`);
  }
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
};

const withValue = async (ctx: Context, secret: SecretRecord, input: Given): Promise<{ VersionId?: string }> => {
  if (input.SecretString === undefined && input.SecretBinary === undefined) return {};
  return { VersionId: (await addVersion(ctx, secret, input, input.ClientRequestToken)).id };
};

const forgetLater = (ctx: Context, secret: SecretRecord, days: number): void => {
  const { gone } = secret;
  // An operation of its own: a stack that asked for the deletion is finished long before.
  ctx.operation(`secrets-manager.delete/${secret.arn}`).after(days * 86_400, `delete secret ${secret.name}`, (then) => {
    if (secret.gone === gone) secretsOf(then).delete(secret.name);
  });
};

const summary = (secret: SecretRecord) => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  RotationEnabled: false,
  CreatedDate: secret.created,
  LastChangedDate: secret.changed,
  LastAccessedDate: secret.accessed,
  DeletedDate: secret.deleted,
  Tags: secret.tags,
});

const matches = (secret: SecretRecord, { Key: key, Values: values = [] }: SecretsManager.Filter): boolean => {
  const fields: Record<string, readonly string[]> = {
    name: [secret.name],
    description: [secret.description ?? ''],
    'tag-key': secret.tags.map(({ Key }) => Key ?? ''),
    'tag-value': secret.tags.map(({ Value }) => Value ?? ''),
  };
  const held = fields[key ?? ''];
  if (!held) throw invalid(`The filter ${key} is not one the twin has.`);
  // A prefix match; `!` before a value means not.
  return values.some((value) =>
    value.startsWith('!') ? !held.some((text) => text.startsWith(value.slice(1))) : held.some((text) => text.startsWith(value)),
  );
};
