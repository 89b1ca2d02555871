import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { policyDenies } from '../resource-policy.js';
import type { VaultRecord } from './records.js';

/**
 * A vault's policy forbids by `Deny`; what it does not mention is allowed, as the twin evaluates no policies of principals.
 * @throws AwsError AccessDeniedException
 */
export const mustBeAllowed = (
  { caller }: Context,
  vault: VaultRecord,
  action: string,
  { resourceArn = vault.arn, principalArn = caller.principalArn }: { resourceArn?: string; principalArn?: string | undefined } = {},
): void => {
  if (!policyDenies(vault.policy, { principalArn, action: `backup:${action}`, resourceArn })) return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${principalArn} is not authorized to perform: backup:${action} on resource: ${resourceArn} with an explicit deny in a resource-based policy`,
    { status: 403 },
  );
};
