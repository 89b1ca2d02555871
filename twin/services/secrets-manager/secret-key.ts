import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { refused } from './records.js';

/** @throws AwsError as Secrets Manager answers when KMS will not let it use the secret's key. */
export const checkKey = async (ctx: Context, key: string | undefined): Promise<void> => {
  const { KeyMetadata: found } = await ctx
    .onBehalf('secrets-manager')
    .call<{ KeyMetadata: { Arn: string; KeyState: string } }>('kms', 'DescribeKey', { KeyId: key ?? 'alias/aws/secretsmanager' })
    .catch((error: unknown) => {
      if (error instanceof AwsError) throw refused(`Access to KMS is not allowed: ${error.message}`);
      throw error;
    });
  if (found.KeyState !== 'Enabled') throw refused(`The KMS key ${found.Arn} is not enabled: its state is ${found.KeyState}.`);
};
