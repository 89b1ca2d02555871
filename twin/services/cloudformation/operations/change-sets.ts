import type { ChangeSetSummary } from '@aws-sdk/client-cloudformation';
import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import { accept } from '../../members.js';
import { page } from '../../page.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { previewChanges, retyped } from '../change-preview.js';
import { planDeployment } from '../deployment.js';
import { completeForLook } from '../engine/operation.js';
import { enterStatus } from '../engine/progress.js';
import { notModelled, validationError } from '../errors.js';
import { allStacks, keepStack, lookUpStack, theStack, type ChangeSetRecord, type StackRecord } from '../records.js';
import {
  checkStackName,
  checkUpdatable,
  isRepetition,
  newStack,
  refuseUnmodelled,
  rememberToken,
  shownParameters,
  startDeployment,
} from './start.js';
import { templateBody } from './template-body.js';

const noChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";

const existing = (stackName: string | undefined, ctx: Context): StackRecord => {
  const stack = lookUpStack(stackName, ctx);
  if (!stack) throw validationError(`Stack [${stackName}] does not exist`);
  return stack;
};

/** @throws AwsError ChangeSetNotFoundException */
const theChangeSet = (
  input: { ChangeSetName?: string; StackName?: string },
  ctx: Context,
): { stack: StackRecord; changeSet: ChangeSetRecord } => {
  const { ChangeSetName: wanted = '', StackName } = input;
  const stacks = wanted.startsWith('arn:') ? allStacks(ctx) : [existing(StackName, ctx)];
  for (const stack of stacks) {
    const changeSet = [...stack.changeSets.values()].find(({ id, name }) => id === wanted || name === wanted);
    if (changeSet) return { stack, changeSet };
  }
  throw new AwsError('ChangeSetNotFoundException', `ChangeSet [${wanted}] does not exist`);
};

/** The stack a new change set is for; of type CREATE it may be a new one, which then stands in review. */
const stackFor = (type: 'CREATE' | 'UPDATE', stackName: string, changeSetName: string, ctx: Context): StackRecord | undefined => {
  const stack = lookUpStack(stackName, ctx);
  if (type === 'UPDATE') {
    checkUpdatable(existing(stackName, ctx));
    return stack;
  }
  if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(`Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`);
  }
  return stack;
};

const accepted = [
  'StackName',
  'ChangeSetName',
  'TemplateBody',
  'TemplateURL',
  'UsePreviousTemplate',
  'Parameters',
  'Capabilities',
  'RoleARN',
  'RollbackConfiguration',
  'NotificationARNs',
  'Tags',
  'ClientToken',
  'Description',
  'ChangeSetType',
  'IncludeNestedStacks',
  'OnStackFailure',
  'DeploymentConfig',
  // `cdk bootstrap` sets it. Nothing is imported here: what exists already fails its creation by name.
  'ImportExistingResources',
] as const;

/** Change sets: what an update would do, asked before it is done. */
export const changeSets = (catalog: Catalog) =>
  ({
    CreateChangeSet: async (input, ctx) => {
      accept('cloudformation.CreateChangeSet', input, accepted);
      refuseUnmodelled('CreateChangeSet', input);
      const { ChangeSetName: name = '', ChangeSetType: type = 'UPDATE', OnStackFailure: onFailure } = input;
      if (type === 'IMPORT') throw notModelled('CreateChangeSet of type IMPORT');
      if (onFailure === 'DELETE' && type !== 'CREATE')
        throw validationError('OnStackFailure DELETE is for change sets of type CREATE only.');
      if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name))
        throw validationError(`Value '${name}' at 'changeSetName' failed to satisfy constraint`);
      const before = stackFor(type, input.StackName ?? '', name, ctx);
      const same = before?.changeSets.get(name);
      if (before && same) {
        if (same.token !== undefined && same.token === input.ClientToken) return { Id: same.id, StackId: before.id };
        throw new AwsError('AlreadyExistsException', `ChangeSet ${same.id} already exists`);
      }
      const stack = before ?? newStack(checkStackName(input.StackName), ctx);
      const place = { stackId: stack.id, stackName: stack.name };
      const request = {
        body: await templateBody(input, before, ctx),
        parameters: input.Parameters ?? [],
        capabilities: input.Capabilities ?? [],
        tags: input.Tags ?? [],
        roleArn: input.RoleARN ?? before?.deployment?.roleArn,
      };
      const deployment = await planDeployment(request, stack.deployment, place, catalog, ctx);
      refuseRetyping(stack, retyped(stack, deployment));
      const preview = await previewChanges(stack, deployment, place, catalog, ctx);
      const changes = type === 'CREATE' || preview.changesAnything;
      const changeSet: ChangeSetRecord = {
        id: `${stack.id.replace(/:stack\/.*$/, '')}:changeSet/${name}/${freshUuid(ctx, 'cloudformation.change-set')}`,
        name,
        type,
        description: input.Description,
        createdAt: ctx.date(),
        deployment,
        changes: preview.changes,
        onFailure,
        includesNestedStacks: input.IncludeNestedStacks,
        token: input.ClientToken,
        status: changes ? 'CREATE_COMPLETE' : 'FAILED',
        statusReason: changes ? undefined : noChanges,
        executionStatus: changes ? 'AVAILABLE' : 'UNAVAILABLE',
      };
      stack.changeSets.set(name, changeSet);
      if (!before) {
        keepStack(stack, ctx);
        enterStatus(stack, 'REVIEW_IN_PROGRESS', ctx, 'User Initiated');
      }
      return { Id: changeSet.id, StackId: stack.id };
    },

    DescribeChangeSet: (input, ctx) => {
      accept('cloudformation.DescribeChangeSet', input, ['ChangeSetName', 'StackName', 'NextToken', 'IncludePropertyValues']);
      const { stack, changeSet } = theChangeSet(input, ctx);
      const { items, next } = page(changeSet.changes, { token: input.NextToken, most: 100 }, badToken);
      return {
        ...summaryOf(stack, changeSet),
        Parameters: shownParameters(changeSet.deployment),
        NotificationARNs: [],
        RollbackConfiguration: {},
        Capabilities: [...changeSet.deployment.capabilities],
        Tags: [...changeSet.deployment.tags],
        Changes: items,
        NextToken: next,
        OnStackFailure: changeSet.onFailure,
      };
    },

    ExecuteChangeSet: (input, ctx) => {
      accept('cloudformation.ExecuteChangeSet', input, [
        'ChangeSetName',
        'StackName',
        'ClientRequestToken',
        'DisableRollback',
        'RetainExceptOnCreate',
      ]);
      const { stack, changeSet } = theChangeSet(input, ctx);
      const action = `execute ${changeSet.id}`;
      if (isRepetition(stack, input.ClientRequestToken, action)) return {};
      if (changeSet.executionStatus !== 'AVAILABLE') {
        const state = changeSet.status === 'FAILED' ? changeSet.status : changeSet.executionStatus;
        throw new AwsError(
          'InvalidChangeSetStatusException',
          `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${state}]`,
        );
      }
      if (changeSet.type === 'UPDATE') checkUpdatable(stack);
      rememberToken(stack, input.ClientRequestToken, action);
      changeSet.executionStatus = 'EXECUTE_COMPLETE';
      // "CloudFormation deletes all change sets associated with the stack because they aren't valid for the updated stack."
      for (const [name, other] of stack.changeSets) if (other !== changeSet) stack.changeSets.delete(name);
      stack.changeSetId = changeSet.id;
      const fallback = input.DisableRollback ? 'DO_NOTHING' : (changeSet.onFailure ?? 'ROLLBACK');
      startDeployment(
        {
          stack,
          deployment: changeSet.deployment,
          catalog,
          onFailure: fallback,
          retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
          token: input.ClientRequestToken,
        },
        ctx,
      );
      return {};
    },

    DeleteChangeSet: (input, ctx) => {
      accept('cloudformation.DeleteChangeSet', input, ['ChangeSetName', 'StackName']);
      try {
        const { stack, changeSet } = theChangeSet(input, ctx);
        stack.changeSets.delete(changeSet.name);
      } catch (error) {
        // Deleting a change set that is not there succeeds.
        if (!(error instanceof AwsError && error.code === 'ChangeSetNotFoundException')) throw error;
      }
      return {};
    },

    ListChangeSets: async (input, ctx) => {
      accept('cloudformation.ListChangeSets', input, ['StackName', 'NextToken']);
      const stack = theStack(input.StackName, ctx);
      await completeForLook(stack, ctx);
      const { items, next } = page([...stack.changeSets.values()], { token: input.NextToken, most: 100 }, badToken);
      return { Summaries: items.map((changeSet) => summaryOf(stack, changeSet)), NextToken: next };
    },
  }) satisfies Operations<typeof CloudFormation>;

const badToken = (): Error => validationError('NextToken is not valid');

/** @throws AwsError ValidationError when a resource would keep its logical id and change its type. */
export const refuseRetyping = (stack: StackRecord, names: readonly string[]): void => {
  if (names.length === 0) return;
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names.join(', ')}]`,
  );
};

const summaryOf = (stack: StackRecord, changeSet: ChangeSetRecord): ChangeSetSummary => ({
  StackId: stack.id,
  StackName: stack.name,
  ChangeSetId: changeSet.id,
  ChangeSetName: changeSet.name,
  Description: changeSet.description,
  CreationTime: changeSet.createdAt,
  Status: changeSet.status,
  StatusReason: changeSet.statusReason,
  ExecutionStatus: changeSet.executionStatus,
  IncludeNestedStacks: changeSet.includesNestedStacks ?? false,
});
