import type { ChangeSetSummary } from '@aws-sdk/client-cloudformation';
import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { accept } from '../../members.js';
import { page } from '../../page.js';
import type { Operations } from '../../service.js';
import type { Catalog } from '../catalog.js';
import { withoutValues } from '../change-values.js';
import { completeForLook } from '../engine/operation.js';
import { validationError } from '../errors.js';
import { allStacks, theStack, type ChangeSetRecord, type StackRecord } from '../records.js';
import { existingStack } from './change-set-target.js';
import { createChangeSet } from './create-change-set.js';
import { checkPaused, checkUpdatable, isRepetition, rememberToken, shownParameters, startDeployment } from './start.js';

/** @throws AwsError ChangeSetNotFoundException */
const theChangeSet = (
  input: { ChangeSetName?: string; StackName?: string },
  ctx: Context,
): { stack: StackRecord; changeSet: ChangeSetRecord } => {
  const { ChangeSetName: wanted = '', StackName } = input;
  const stacks = wanted.startsWith('arn:') ? allStacks(ctx) : [existingStack(StackName, ctx)];
  for (const stack of stacks) {
    const changeSet = [...stack.changeSets.values()].find(({ id, name }) => id === wanted || name === wanted);
    if (changeSet) return { stack, changeSet };
  }
  throw new AwsError('ChangeSetNotFoundException', `ChangeSet [${wanted}] does not exist`);
};

/** Change sets: what an update would do, asked before it is done. */
export const changeSets = (catalog: Catalog) =>
  ({
    CreateChangeSet: (input, ctx) => createChangeSet(input, catalog, ctx),

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
        Changes: input.IncludePropertyValues ? items : items.map(withoutValues),
        NextToken: next,
        OnStackFailure: changeSet.onFailure,
        ImportExistingResources: changeSet.importsExisting,
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
      if (changeSet.type !== 'CREATE' && stack.status !== 'REVIEW_IN_PROGRESS') checkUpdatable(stack);
      checkPaused(stack, input.DisableRollback ?? changeSet.onFailure === 'DO_NOTHING');
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
          adoptions: changeSet.adoptions,
        },
        ctx,
        changeSet.type === 'IMPORT' ? 'import' : 'deploy',
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
