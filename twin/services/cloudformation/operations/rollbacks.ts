import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { accept } from '../../members.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { continueRollback } from '../engine/roll-back-update.js';
import { cancelUpdate, undo } from '../engine/update-stack.js';
import { validationError } from '../errors.js';
import type { StackRecord } from '../records.js';
import { existingStack } from './change-set-target.js';
import { isRepetition, refuseUnmodelled, rememberToken, startUndoing } from './start.js';

/** Going back: from an update under way, from a failure that was left standing, from a rollback that failed. */
export const rollbacks = (catalog: Catalog) =>
  ({
    CancelUpdateStack: (input, ctx) => {
      accept('cloudformation.CancelUpdateStack', input, ['StackName', 'ClientRequestToken']);
      const stack = existingStack(input.StackName, ctx);
      if (isRepetition(stack, input.ClientRequestToken, 'cancel')) return {};
      if (stack.status !== 'UPDATE_IN_PROGRESS') throw validationError('CancelUpdateStack cannot be called from current stack status');
      rememberToken(stack, input.ClientRequestToken, 'cancel');
      startUndoing(stack, catalog, input, ctx, cancelUpdate);
      return {};
    },

    RollbackStack: (input, ctx) => {
      accept('cloudformation.RollbackStack', input, [
        'StackName',
        'RoleARN',
        'ClientRequestToken',
        'RetainExceptOnCreate',
        'DeploymentConfig',
      ]);
      refuseUnmodelled('RollbackStack', input);
      const stack = existingStack(input.StackName, ctx);
      if (isRepetition(stack, input.ClientRequestToken, 'rollback')) return { StackId: stack.id };
      if (!/^(CREATE|UPDATE)_FAILED$/.test(stack.status)) {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
      }
      rememberToken(stack, input.ClientRequestToken, 'rollback');
      startUndoing(stack, catalog, input, ctx, (job, moment) => undo(job, 'User Initiated', moment));
      return { StackId: stack.id };
    },

    ContinueUpdateRollback: (input, ctx) => {
      accept('cloudformation.ContinueUpdateRollback', input, [
        'StackName',
        'RoleARN',
        'ResourcesToSkip',
        'ForceRollback',
        'ClientRequestToken',
      ]);
      const stack = existingStack(input.StackName, ctx);
      if (isRepetition(stack, input.ClientRequestToken, 'continue')) return {};
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
        throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`);
      }
      const skipped = toSkip(stack, input.ResourcesToSkip ?? [], input.ForceRollback ?? false);
      rememberToken(stack, input.ClientRequestToken, 'continue');
      startUndoing(stack, catalog, input, ctx, (job, moment) => continueRollback(job, skipped, moment));
      return {};
    },
  }) satisfies Operations<typeof CloudFormation>;

/** @throws AwsError ValidationError for a resource that is not in UPDATE_FAILED because the rollback failed. */
const toSkip = (stack: StackRecord, named: readonly string[], all: boolean): readonly string[] => {
  if (all && named.length > 0) throw validationError('ForceRollback and ResourcesToSkip cannot be specified together.');
  const failed = [...stack.resources.values()]
    .filter(({ logicalId, status }) => status === 'UPDATE_FAILED' && stack.baseline?.resources.has(logicalId))
    .map(({ logicalId }) => logicalId);
  if (all) return failed;
  const others = named.filter((name) => !failed.includes(name));
  if (others.length > 0) {
    throw validationError(
      `The following resource(s) cannot be skipped: [${others.join(', ')}]. Only resources in UPDATE_FAILED state due to a failed rollback can be skipped.`,
    );
  }
  return named;
};
