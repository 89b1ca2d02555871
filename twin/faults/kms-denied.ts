import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn, isClients } from './bites.js';
import { ImpossibleFault, type Fault } from './fault.js';
import { optionalText } from './parameters.js';

const using = ['Encrypt', 'Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt', 'CreateGrant'];

/** ARN of the customer managed key that an answer of KMS is about. */
const keyIn = (output: { KeyId?: string; KeyMetadata?: { Arn?: string; KeyManager?: string } }): string | undefined =>
  output.KeyMetadata?.KeyManager === 'AWS' ? undefined : (output.KeyMetadata?.Arn ?? output.KeyId);

/**
 * A key policy that forgot its users: administrators still see the key as Enabled, and nobody can use it. RDS, Secrets Manager and the others
 * look at a key before they use it (DescribeKey on the caller's behalf): that look is refused as well.
 */
export const kmsDenied: Fault = {
  name: 'kms-denied',
  description: 'the customer managed keys of one region cannot be used, though they look Enabled: restores and secrets that need them fail',
  parameters: { key: 'only this one: its id or its ARN (default: every customer managed key of the region)' },
  inject: (_world, target) => {
    const key = optionalText(target, 'key')?.replace(/^arn:aws:kms:[^:]+:\d{12}:key\//, '');
    if (key !== undefined && !/^(mrk-)?[0-9a-f-]{32,36}$/.test(key)) throw new ImpossibleFault(`${key} is not the id or ARN of a KMS key`);
    return {
      answer: (call, output) => {
        const uses = using.includes(call.operation) || (call.operation === 'DescribeKey' && !isClients(call));
        if (!uses || !isAnsweredIn(target.region, 'kms', call)) return output;
        const arn = keyIn(output as object);
        if (arn === undefined || (key !== undefined && !arn.endsWith(`/${key}`))) return output;
        throw new AwsError(
          'AccessDeniedException',
          `User: ${call.ctx.caller.principalArn} is not authorized to perform: kms:${call.operation} on resource: ${arn} because no ` +
            `resource-based policy allows the kms:${call.operation} action`,
          { status: 400 },
        );
      },
    };
  },
};
