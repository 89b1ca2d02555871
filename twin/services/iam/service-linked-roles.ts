import type * as IAM from '@aws-sdk/client-iam';
import { AwsError } from '../../wire/aws-error.js';
import { freshUuid } from '../fresh-id.js';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { noSuchEntity, roleNamed, rolesOf } from './records.js';
import { addRole, answeredRole } from './roles.js';

/** Names AWS gives (service-authorization reference); a service that is not here is refused rather than guessed. */
const roleNames: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'backup.amazonaws.com': 'AWSServiceRoleForBackup',
  'ecs.amazonaws.com': 'AWSServiceRoleForECS',
  'ecs.application-autoscaling.amazonaws.com': 'AWSServiceRoleForApplicationAutoScaling_ECSService',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'rds.amazonaws.com': 'AWSServiceRoleForRDS',
};

export const serviceLinkedRoles = {
  CreateServiceLinkedRole: (input, ctx) => {
    accept('iam.CreateServiceLinkedRole', input, ['AWSServiceName', 'Description', 'CustomSuffix']);
    const service = need(input.AWSServiceName, 'AWSServiceName', 'ValidationError');
    const known = roleNames[service];
    if (known === undefined) {
      throw new AwsError('NotModelled', `NotModelled: iam.CreateServiceLinkedRole for ${service}: the name of its role is not known`, {
        status: 501,
      });
    }
    const name = input.CustomSuffix === undefined ? known : `${known}_${input.CustomSuffix}`;
    if (rolesOf(ctx).has(name)) {
      throw new AwsError(
        'InvalidInputException',
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    }
    const trustPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] }],
    });
    const record = addRole(ctx, {
      name,
      path: `/aws-service-role/${service}/`,
      trustPolicy,
      ...(input.Description === undefined ? {} : { description: input.Description }),
    });
    return { Role: answeredRole(record) };
  },
  /** Deletes at once; whether the service still uses the role is not asked. */
  DeleteServiceLinkedRole: ({ RoleName }, ctx) => {
    const { role } = roleNamed(ctx, RoleName);
    if (!role.Path!.startsWith('/aws-service-role/')) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    rolesOf(ctx).delete(role.RoleName);
    return { DeletionTaskId: `task${role.Path}${role.RoleName}/${freshUuid(ctx, 'iam.deletion-task')}` };
  },
  GetServiceLinkedRoleDeletionStatus: ({ DeletionTaskId }, ctx) => {
    const name = need(DeletionTaskId, 'DeletionTaskId', 'ValidationError').split('/').at(-2);
    if (name === undefined || rolesOf(ctx).has(name)) throw noSuchEntity(`The deletion task ${DeletionTaskId} cannot be found.`);
    return { Status: 'SUCCEEDED' as const };
  },
} satisfies Operations<typeof IAM>;
