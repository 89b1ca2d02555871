import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { invalidValue } from './records.js';

/**
 * AWS Backup does all its work as a role it is passed.
 * @throws AwsError InvalidParameterValueException
 */
export const assumeRole = async (ctx: Context, arn: string | undefined): Promise<void> => {
  await ctx
    .onBehalf('backup')
    .call('sts', 'AssumeRole', { RoleArn: arn ?? '', RoleSessionName: 'AWSBackup' })
    .catch((error: unknown) => {
      if (error instanceof AwsError) throw invalidValue(`IAM Role ${arn} cannot be assumed by AWS Backup`);
      throw error;
    });
};
