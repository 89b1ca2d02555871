import type { Role } from '@aws-sdk/client-iam';
import type { Context } from '../../world/context.js';
import { rolesOf } from './records.js';

/**
 * A role as IAM's data plane knows it: replicated into every region, so it is no call to IAM and needs no us-east-1
 * (AWS Fault Isolation Boundaries, "global services"). For STS and for services that check a role they are passed.
 */
export const roleAsStsSeesIt = (ctx: Context, arn: string): (Role & { RoleName: string }) | undefined => {
  const [, account, path] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  if (account === undefined || path === undefined) return undefined;
  const found = rolesOf(ctx.at({ account })).get(path.split('/').at(-1)!);
  // An assumed role's own ARN leaves the path out, so a bare name finds a role under any path.
  return found && (found.role.Arn === arn || !path.includes('/')) ? found.role : undefined;
};
