import { createHash } from 'node:crypto';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ParameterRecord, ParameterVersion } from './records.js';
import { parameterArn } from './records.js';

const awsOwnKey = 'alias/aws/ssm';

/** What is stored of a SecureString. A customer's key is really asked, so a disabled or lost key makes the parameter unreadable. */
export const encrypted = async (ctx: Context, name: string, value: string, keyId: string): Promise<string> => {
  if (keyId === awsOwnKey) return value;
  const { CiphertextBlob } = await kms<{ CiphertextBlob: Uint8Array }>(ctx, 'Encrypt', {
    KeyId: keyId,
    Plaintext: Buffer.from(value),
    EncryptionContext: { PARAMETER_ARN: parameterArn(ctx, name) },
  });
  return Buffer.from(CiphertextBlob).toString('base64');
};

/** The value a reader gets: plain text only if it asks for decryption. */
export const readable = async (ctx: Context, record: ParameterRecord, version: ParameterVersion, decrypt: boolean): Promise<string> => {
  if (version.keyId === undefined) return version.value;
  if (version.keyId === awsOwnKey) {
    return decrypt ? version.value : `AQICAH${createHash('sha512').update(`${record.name}:${version.value}`).digest('base64')}`;
  }
  if (!decrypt) return version.value;
  const { Plaintext } = await kms<{ Plaintext: Uint8Array }>(ctx, 'Decrypt', {
    CiphertextBlob: Buffer.from(version.value, 'base64'),
    EncryptionContext: { PARAMETER_ARN: parameterArn(ctx, record.name) },
  });
  return Buffer.from(Plaintext).toString();
};

/** What KMS refuses, Parameter Store reports as its own `InvalidKeyId`. */
const kms = <Output>(ctx: Context, operation: string, input: object): Promise<Output> =>
  ctx
    .onBehalf('ssm')
    .call<Output>('kms', operation, input)
    .catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code === 'NotModelled') throw error;
      throw new AwsError('InvalidKeyId', `${error.message} (Service: AWSKMS; Error Code: ${error.code})`);
    });
