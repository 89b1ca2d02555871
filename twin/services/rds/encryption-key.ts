import type { DescribeKeyCommandOutput } from '@aws-sdk/client-kms';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';

/**
 * ARN of a key that can be used now.
 * @throws AwsError KMSKeyNotAccessibleFault
 */
export const encryptionKey = async (ctx: Context, id = 'alias/aws/rds'): Promise<string> => {
  const { KeyMetadata: key } = await ctx
    .onBehalf('rds')
    .call<DescribeKeyCommandOutput>('kms', 'DescribeKey', { KeyId: id })
    .catch((error: unknown) => {
      if (error instanceof AwsError) return { KeyMetadata: undefined };
      throw error;
    });
  if (key?.KeyState === 'Enabled') return key.Arn!;
  throw new AwsError(
    'KMSKeyNotAccessibleFault',
    `The specified KMS key [${id}] does not exist, is not enabled or you do not have permissions to access it.`,
  );
};
