import type { KeyMetadata, Tag } from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';
import { freshId, freshUuid } from '../fresh-id.js';

export interface KeyRecord {
  readonly metadata: KeyMetadata & { KeyId: string; Arn: string };
  policy: string;
  rotationPeriodDays: number | undefined;
  tags: Tag[];
  /** 256 bits; never leaves the service. */
  readonly material: Buffer;
}
export interface AliasRecord {
  readonly name: string;
  keyId: string;
  readonly created: Date;
  updated: Date;
}

const keyState = regional('kms.keys', () => new Map<string, KeyRecord>());
const aliasState = regional('kms.aliases', () => new Map<string, AliasRecord>());

export const keysOf = (ctx: Context): Map<string, KeyRecord> => ctx.state(keyState);
export const aliasesOf = (ctx: Context): Map<string, AliasRecord> => ctx.state(aliasState);

export const keyArn = (ctx: Context, id: string): string => `arn:aws:kms:${ctx.region}:${ctx.account}:key/${id}`;
export const aliasArn = (ctx: Context, name: string): string => `arn:aws:kms:${ctx.region}:${ctx.account}:${name}`;

/** The policy a key gets when none is given: the account decides by IAM (KMS developer guide, "Default key policy"). */
const defaultPolicy = (account: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

/** Makes a symmetric key, usable at once. */
export const makeKey = (ctx: Context, given: { policy?: string; description?: string; tags?: Tag[]; manager?: 'AWS' }): KeyRecord => {
  const id = freshUuid(ctx, 'kms.key');
  const record: KeyRecord = {
    metadata: {
      AWSAccountId: ctx.account,
      KeyId: id,
      Arn: keyArn(ctx, id),
      CreationDate: ctx.date(),
      Enabled: true,
      Description: given.description ?? '',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: given.manager ?? 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
    },
    policy: given.policy ?? defaultPolicy(ctx.account),
    // AWS managed keys rotate every year, customer's only when asked.
    rotationPeriodDays: given.manager === 'AWS' ? 365 : undefined,
    tags: given.tags ?? [],
    material: Buffer.from(freshId(ctx, 'kms.material', 64), 'hex'),
  };
  keysOf(ctx).set(id, record);
  return record;
};

/**
 * The key behind an id, key ARN, alias name or alias ARN. `alias/aws/…` comes to be at the first look, as DescribeKey's page says.
 * @throws AwsError NotFoundException
 */
export const keyNamed = (ctx: Context, name: string | undefined): KeyRecord => {
  const given = name ?? '';
  if (given.startsWith('arn:') && given.split(':')[3] !== ctx.region) throw notFound(`Invalid arn ${given.split(':')[3]}`);
  const local = given.startsWith('arn:') ? given.split(':').slice(5).join(':') : given;
  if (local.startsWith('alias/')) {
    const alias = aliasesOf(ctx).get(local) ?? awsAlias(ctx, local);
    const key = alias && keysOf(ctx).get(alias.keyId);
    if (!key) throw notFound(`Alias ${aliasArn(ctx, local)} is not found.`);
    return key;
  }
  const id = local.replace(/^key\//, '');
  const key = keysOf(ctx).get(id);
  if (!key || (given.startsWith('arn:') && given !== key.metadata.Arn)) throw notFound(`Key '${keyArn(ctx, id)}' does not exist`);
  return key;
};

const awsAlias = (ctx: Context, name: string): AliasRecord | undefined => {
  if (!/^alias\/aws\/[a-z0-9-]+$/.test(name)) return undefined;
  const service = name.slice('alias/aws/'.length);
  const key = makeKey(ctx, { manager: 'AWS', description: `Default key that protects my ${service} data when no other key is defined` });
  const alias = { name, keyId: key.metadata.KeyId, created: ctx.date(), updated: ctx.date() };
  aliasesOf(ctx).set(name, alias);
  return alias;
};

export const notFound = (message: string): AwsError => new AwsError('NotFoundException', message);

/** @throws AwsError DisabledException, KMSInvalidStateException: the key cannot be used now. */
export const usable = (key: KeyRecord): KeyRecord => {
  const { KeyState: state, Arn: arn } = key.metadata;
  if (state === 'Disabled') throw new AwsError('DisabledException', `${arn} is disabled.`);
  if (state !== 'Enabled') throw new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`);
  return key;
};

/** @throws AwsError where AWS keeps its own keys to itself. */
export const customerManaged = (key: KeyRecord): KeyRecord => {
  if (key.metadata.KeyManager === 'AWS') {
    throw new AwsError('AccessDeniedException', `The operation is not allowed on the AWS managed key ${key.metadata.Arn}`);
  }
  return key;
};

/** @throws AwsError KMSInvalidStateException: nothing about a key that waits for its deletion can be changed. */
export const notPendingDeletion = (key: KeyRecord): KeyRecord => {
  if (key.metadata.KeyState === 'PendingDeletion')
    throw new AwsError('KMSInvalidStateException', `${key.metadata.Arn} is pending deletion.`);
  return key;
};
