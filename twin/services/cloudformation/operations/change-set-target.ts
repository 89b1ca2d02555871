import type { ChangeSetType, CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../../world/context.js';
import { validationError } from '../errors.js';
import { lookUpStack, type StackRecord } from '../records.js';
import { checkUpdatable } from './start.js';

/** @throws AwsError ValidationError */
export const existingStack = (stackName: string | undefined, ctx: Context): StackRecord => {
  const stack = lookUpStack(stackName, ctx);
  if (!stack) throw validationError(`Stack [${stackName}] does not exist`);
  return stack;
};

/** The stack a new change set is for; of type CREATE or IMPORT it may be a new one, which then stands in review. */
export const stackFor = (type: ChangeSetType, stackName: string, changeSetName: string, ctx: Context): StackRecord | undefined => {
  const stack = lookUpStack(stackName, ctx);
  if (type === 'UPDATE' || (type === 'IMPORT' && stack && stack.status !== 'REVIEW_IN_PROGRESS')) {
    checkUpdatable(existingStack(stackName, ctx));
    return stack;
  }
  if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`);
  }
  return stack;
};

/** @throws AwsError ValidationError for what does not go together, whatever the stack. */
export const checkRequest = (input: CreateChangeSetCommandInput, name: string, type: ChangeSetType): void => {
  if (input.OnStackFailure === 'DELETE' && type !== 'CREATE') {
    throw validationError('OnStackFailure DELETE is for change sets of type CREATE only.');
  }
  if (type !== 'IMPORT' && (input.ResourcesToImport ?? []).length > 0) {
    throw validationError('ResourcesToImport is for change sets of type IMPORT only.');
  }
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
    throw validationError(`Value '${name}' at 'changeSetName' failed to satisfy constraint`);
  }
};
