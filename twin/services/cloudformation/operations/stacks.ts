import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import { accept } from '../../members.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { previewChanges } from '../change-preview.js';
import { planDeployment } from '../deployment.js';
import { deleteResources } from '../engine/delete-stack.js';
import { beginOperation } from '../engine/operation.js';
import { notModelled, validationError } from '../errors.js';
import { keepStack, lookUpStack } from '../records.js';
import { checkStackPolicy } from '../stack-policy.js';
import { refuseRetyping } from './create-change-set.js';
import {
  checkPaused,
  checkStackName,
  checkUpdatable,
  isRepetition,
  newStack,
  refuseUnmodelled,
  rememberToken,
  startDeployment,
} from './start.js';
import { templateBody } from './template-body.js';

const shared = [
  'StackName',
  'TemplateBody',
  'TemplateURL',
  'Parameters',
  'Capabilities',
  'RoleARN',
  'RollbackConfiguration',
  'NotificationARNs',
  'Tags',
  'ClientRequestToken',
  'DisableRollback',
  'StackPolicyBody',
  'RetainExceptOnCreate',
  'DeploymentConfig',
] as const;

/** Stacks made, changed and deleted directly, without a change set. */
export const stacks = (catalog: Catalog) =>
  ({
    CreateStack: async (input, ctx) => {
      accept('cloudformation.CreateStack', input, [...shared, 'OnFailure', 'EnableTerminationProtection']);
      refuseUnmodelled('CreateStack', input);
      const name = checkStackName(input.StackName);
      const { ClientRequestToken: token, OnFailure, DisableRollback } = input;
      const present = lookUpStack(name, ctx);
      if (present && isRepetition(present, token, 'create')) return { StackId: present.id };
      if (present) throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
      if (OnFailure !== undefined && DisableRollback !== undefined) {
        throw validationError('You can specify either DisableRollback or OnFailure, but not both.');
      }
      if (input.StackPolicyBody !== undefined) checkStackPolicy(input.StackPolicyBody);
      const stack = newStack(name, ctx);
      const request = {
        body: await templateBody(input, undefined, ctx),
        parameters: input.Parameters ?? [],
        capabilities: input.Capabilities ?? [],
        tags: input.Tags ?? [],
        roleArn: input.RoleARN,
      };
      const deployment = await planDeployment(request, undefined, { stackId: stack.id, stackName: name }, catalog, ctx);
      keepStack(stack, ctx);
      rememberToken(stack, token, 'create');
      stack.terminationProtection = input.EnableTerminationProtection ?? false;
      stack.policy = input.StackPolicyBody;
      const onFailure = OnFailure ?? (DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
      startDeployment({ stack, deployment, catalog, onFailure, retainExceptOnCreate: input.RetainExceptOnCreate ?? false, token }, ctx);
      return { StackId: stack.id };
    },

    UpdateStack: async (input, ctx) => {
      accept('cloudformation.UpdateStack', input, [...shared, 'UsePreviousTemplate', 'StackPolicyDuringUpdateBody']);
      refuseUnmodelled('UpdateStack', input);
      const stack = lookUpStack(input.StackName, ctx);
      if (!stack) throw validationError(`Stack [${input.StackName}] does not exist`);
      const { ClientRequestToken: token } = input;
      if (isRepetition(stack, token, 'update')) return { StackId: stack.id };
      checkUpdatable(stack);
      checkPaused(stack, input.DisableRollback);
      const { StackPolicyBody, StackPolicyDuringUpdateBody: policy } = input;
      for (const body of [StackPolicyBody, policy]) if (body !== undefined) checkStackPolicy(body);
      const place = { stackId: stack.id, stackName: stack.name };
      const deployment = await planDeployment(
        {
          body: await templateBody(input, stack, ctx),
          parameters: input.Parameters ?? [],
          capabilities: input.Capabilities ?? [],
          tags: input.Tags ?? stack.deployment?.tags ?? [],
          roleArn: input.RoleARN ?? stack.deployment?.roleArn,
        },
        stack.deployment,
        place,
        catalog,
        ctx,
      );
      refuseRetyping(stack, deployment);
      const { changesAnything } = await previewChanges(stack, deployment, place, catalog, ctx);
      if (!changesAnything) throw validationError('No updates are to be performed.');
      rememberToken(stack, token, 'update');
      // A policy for the future and one for the meantime: the update itself is judged by the latter.
      const start = { stack, deployment, catalog, token, policy: policy ?? stack.policy };
      stack.policy = StackPolicyBody ?? stack.policy;
      const onFailure = input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK';
      startDeployment({ ...start, onFailure, retainExceptOnCreate: input.RetainExceptOnCreate ?? false }, ctx);
      return { StackId: stack.id };
    },

    DeleteStack: (input, ctx) => {
      accept('cloudformation.DeleteStack', input, [
        'StackName',
        'RetainResources',
        'RoleARN',
        'ClientRequestToken',
        'DeletionMode',
        'DeploymentConfig',
      ]);
      refuseUnmodelled('DeleteStack', input);
      if ((input.DeletionMode ?? 'STANDARD') !== 'STANDARD') throw notModelled(`DeleteStack with DeletionMode ${input.DeletionMode}`);
      const stack = lookUpStack(input.StackName, ctx);
      // Deleting what is not there, or no longer there, succeeds.
      if (!stack || /^DELETE_(COMPLETE|IN_PROGRESS)$/.test(stack.status)) return {};
      if (stack.terminationProtection) {
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      }
      if (/^(UPDATE|ROLLBACK).*IN_PROGRESS$/.test(stack.status)) {
        throw validationError(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
      }
      const retained = input.RetainResources ?? [];
      if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
        throw validationError(`Invalid operation on stack [${stack.id}]. Specify RetainResources only for a stack in DELETE_FAILED state`);
      }
      stack.changeSets.clear();
      beginOperation(stack, input.ClientRequestToken, ctx, (moment) => deleteResources(stack, catalog, retained, moment));
      return {};
    },
  }) satisfies Operations<typeof CloudFormation>;
