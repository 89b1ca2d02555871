import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { list, like, readPolicy } from '../resource-policy.js';
import { policiesOf, rolesOf } from './records.js';
import { roleAsStsSeesIt } from './replica.js';
import { isAwsManaged } from './role-policies.js';

/** IAM's prefixes of services, where the SDK's name of one is another. */
const prefixes: Readonly<Record<string, string | undefined>> = {
  'application-auto-scaling': 'application-autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'route-53': 'route53',
  'secrets-manager': 'secretsmanager',
};

/**
 * Holds what CloudFormation does as a stack's execution role against that role's policies, by action: where all it has are managed policies of the
 * customer's. A statement that is bound to resources or conditions counts where it allows, and not where it denies.
 * @throws AwsError AccessDenied (403)
 */
export const checkExecutionRole = (service: string, operation: string, ctx: Context): void => {
  const { via, role: arn } = ctx.caller;
  if (via !== 'cloudformation' || arn === undefined) return;
  const policies = policiesToEvaluate(ctx, arn);
  const action = `${prefixes[service] ?? service}:${operation}`;
  if (policies === undefined || mayBeDone(policies, action)) return;
  const session = `${arn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?/, ':assumed-role/')}/AWSCloudFormation`;
  throw new AwsError('AccessDenied', `User: ${session} is not authorized to perform: ${action}`, { status: 403 });
};

/** Undefined: the role has something that the twin does not evaluate. */
const policiesToEvaluate = (ctx: Context, arn: string): readonly string[] | undefined => {
  const name = roleAsStsSeesIt(ctx, arn)?.RoleName;
  const role = name === undefined ? undefined : rolesOf(ctx).get(name);
  if (!role || role.inline.size > 0 || role.attached.size === 0 || [...role.attached].some(isAwsManaged)) return undefined;
  return [...role.attached].flatMap(
    (policy) =>
      policiesOf(ctx)
        .get(policy)
        ?.versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? [],
  );
};

const mayBeDone = (policies: readonly string[], action: string): boolean => {
  const applying = policies.flatMap(readPolicy).filter(({ Action }) => list(Action).some((pattern) => like(pattern, action, 'i')));
  const isDenied = applying.some(({ Effect, Resource, Condition }) => Effect === 'Deny' && Resource === '*' && Condition === undefined);
  return !isDenied && applying.some(({ Effect }) => Effect === 'Allow');
};
