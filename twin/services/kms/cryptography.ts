import { createCipheriv, createDecipheriv } from 'node:crypto';
import type * as KMS from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { freshId } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { keyNamed, usable, type KeyRecord } from './records.js';

type EncryptionContext = Record<string, string> | undefined;
const idLength = 36;
const ivLength = 12;
const tagLength = 16;

/** A ciphertext names its key, so that Decrypt needs no key id: id, initialisation vector, tag, AES-256-GCM bytes. */
export const cryptography = {
  Encrypt: (input, ctx) => {
    accept('kms.Encrypt', input, ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm']);
    const key = usable(keyNamed(ctx, input.KeyId));
    if ((input.Plaintext?.length ?? 0) > 4096)
      throw new AwsError('ValidationException', 'Plaintext must have length less than or equal to 4096');
    return {
      CiphertextBlob: seal(ctx, key, input.Plaintext ?? new Uint8Array(), input.EncryptionContext),
      KeyId: key.metadata.Arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },

  Decrypt: (input, ctx) => {
    accept('kms.Decrypt', input, ['KeyId', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm']);
    const blob = Buffer.from(input.CiphertextBlob ?? []);
    const key = keyOf(ctx, blob);
    if (input.KeyId !== undefined && keyNamed(ctx, input.KeyId) !== key) {
      throw new AwsError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
    }
    return {
      Plaintext: open(usable(key), blob, input.EncryptionContext),
      KeyId: key.metadata.Arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  },

  GenerateDataKey: (input, ctx) => {
    accept('kms.GenerateDataKey', input, ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext']);
    if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
      throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
    }
    const key = usable(keyNamed(ctx, input.KeyId));
    const bytes = input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32);
    const plaintext = Buffer.from(freshId(ctx, 'kms.data-key', bytes * 2), 'hex');
    return { Plaintext: plaintext, CiphertextBlob: seal(ctx, key, plaintext, input.EncryptionContext), KeyId: key.metadata.Arn };
  },
} satisfies Operations<typeof KMS>;

const authenticated = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context ?? {}).sort(([one], [other]) => (one < other ? -1 : 1))));

const seal = (ctx: Context, key: KeyRecord, plaintext: Uint8Array, context: EncryptionContext): Buffer => {
  const iv = Buffer.from(freshId(ctx, 'kms.iv', ivLength * 2), 'hex');
  const cipher = createCipheriv('aes-256-gcm', key.material, iv).setAAD(authenticated(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from(key.metadata.KeyId), iv, cipher.getAuthTag(), sealed]);
};

const keyOf = (ctx: Context, blob: Buffer): KeyRecord => {
  try {
    return keyNamed(ctx, blob.subarray(0, idLength).toString());
  } catch {
    throw new AwsError('InvalidCiphertextException', 'The ciphertext was not made by a key of this account and region.');
  }
};

const open = (key: KeyRecord, blob: Buffer, context: EncryptionContext): Buffer => {
  const iv = blob.subarray(idLength, idLength + ivLength);
  const tag = blob.subarray(idLength + ivLength, idLength + ivLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', key.material, iv).setAAD(authenticated(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(blob.subarray(idLength + ivLength + tagLength)), decipher.final()]);
  } catch {
    throw new AwsError(
      'InvalidCiphertextException',
      'The ciphertext is damaged or the encryption context is not the one it was made with.',
    );
  }
};
