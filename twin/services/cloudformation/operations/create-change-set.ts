import type { ChangeSetType, CreateChangeSetCommandInput, CreateChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import { freshUuid } from '../../fresh-id.js';
import { accept } from '../../members.js';
import { foundAdoptions, namedAdoptions, type Adoptions } from '../adoptions.js';
import type { Catalog } from '../catalog.js';
import { previewChanges, retyped, type Preview } from '../change-preview.js';
import { planDeployment, type Deployment } from '../deployment.js';
import { enterStatus } from '../engine/progress.js';
import { validationError } from '../errors.js';
import { keepStack, type ChangeSetRecord, type StackRecord } from '../records.js';
import type { Place } from '../scopes.js';
import { checkRequest, stackFor } from './change-set-target.js';
import { checkStackName, newStack, refuseUnmodelled } from './start.js';
import { templateBody } from './template-body.js';

const noChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";

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
  'ImportExistingResources',
  'ResourcesToImport',
] as const;

/** Proposes what a stack should become, without doing any of it. */
export const createChangeSet = async (
  input: CreateChangeSetCommandInput,
  catalog: Catalog,
  ctx: Context,
): Promise<Omit<CreateChangeSetCommandOutput, '$metadata'>> => {
  accept('cloudformation.CreateChangeSet', input, accepted);
  refuseUnmodelled('CreateChangeSet', input);
  const { ChangeSetName: name = '', ChangeSetType: type = 'UPDATE' } = input;
  checkRequest(input, name, type);
  const before = stackFor(type, input.StackName ?? '', name, ctx);
  const same = before?.changeSets.get(name);
  if (before && same) {
    if (same.token !== undefined && same.token === input.ClientToken) return { Id: same.id, StackId: before.id };
    throw new AwsError('AlreadyExistsException', `ChangeSet ${same.id} already exists`);
  }
  const stack = before ?? newStack(checkStackName(input.StackName), ctx);
  const place = { stackId: stack.id, stackName: stack.name };
  const deployment = await planDeployment(await requestOf(input, before, ctx), stack.deployment, place, catalog, ctx);
  refuseRetyping(stack, deployment);
  const adoptions = await adoptionsOf(input, deployment, stack, place, catalog, ctx);
  const preview = await previewChanges(stack, deployment, place, catalog, ctx, adoptions);
  if (type === 'IMPORT') refuseOtherChanges(preview, stack, deployment);
  const changeSet = { ...proposal(input, stack, type, preview, ctx), deployment, adoptions };
  stack.changeSets.set(name, changeSet);
  if (!before) {
    keepStack(stack, ctx);
    enterStatus(stack, 'REVIEW_IN_PROGRESS', ctx, 'User Initiated');
  }
  return { Id: changeSet.id, StackId: stack.id };
};

const requestOf = async (input: CreateChangeSetCommandInput, before: StackRecord | undefined, ctx: Context) => ({
  body: await templateBody(input, before, ctx),
  parameters: input.Parameters ?? [],
  capabilities: input.Capabilities ?? [],
  tags: input.Tags ?? [],
  roleArn: input.RoleARN ?? before?.deployment?.roleArn,
});

const adoptionsOf = async (
  input: CreateChangeSetCommandInput,
  deployment: Deployment,
  stack: StackRecord,
  place: Place,
  catalog: Catalog,
  ctx: Context,
): Promise<Adoptions> => {
  if (input.ChangeSetType === 'IMPORT') return namedAdoptions(input.ResourcesToImport ?? [], deployment, stack, catalog, ctx);
  return input.ImportExistingResources ? foundAdoptions(deployment, stack, place, catalog, ctx) : new Map();
};

/** @throws AwsError ValidationError when an import would also do something else. */
const refuseOtherChanges = (preview: Preview, stack: StackRecord, deployment: Deployment): void => {
  const others = preview.changes.flatMap(({ ResourceChange: one }) => (one?.Action === 'Import' ? [] : (one?.LogicalResourceId ?? [])));
  if (others.length > 0) {
    throw validationError(
      `You have modified resources [${others.join(', ')}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`,
    );
  }
  const outputsOf = (one: Deployment | undefined): string => JSON.stringify(one?.template.Outputs ?? {});
  if (outputsOf(deployment) !== outputsOf(stack.deployment)) {
    throw validationError('As part of the import operation, you cannot modify or add [Outputs]');
  }
};

const proposal = (
  input: CreateChangeSetCommandInput,
  stack: StackRecord,
  type: ChangeSetType,
  { changes, changesAnything }: Preview,
  ctx: Context,
): Omit<ChangeSetRecord, 'deployment' | 'adoptions'> => {
  const worthwhile = type === 'CREATE' || changesAnything;
  const name = input.ChangeSetName ?? '';
  return {
    id: `${stack.id.replace(/:stack\/.*$/, '')}:changeSet/${name}/${freshUuid(ctx, 'cloudformation.change-set')}`,
    name,
    type,
    description: input.Description,
    // Not before what has happened to the stack: clients take older events for another operation's.
    createdAt: new Date(Math.max(ctx.now(), (stack.events.at(-1)?.Timestamp?.getTime() ?? 0) + 1)),
    changes,
    onFailure: input.OnStackFailure,
    includesNestedStacks: input.IncludeNestedStacks,
    importsExisting: input.ImportExistingResources,
    token: input.ClientToken,
    status: worthwhile ? 'CREATE_COMPLETE' : 'FAILED',
    statusReason: worthwhile ? undefined : noChanges,
    executionStatus: worthwhile ? 'AVAILABLE' : 'UNAVAILABLE',
  };
};

/** @throws AwsError ValidationError when a resource would keep its logical id and change its type. */
export const refuseRetyping = (stack: StackRecord, deployment: Deployment): void => {
  const names = retyped(stack, deployment);
  if (names.length === 0) return;
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names.join(', ')}]`,
  );
};
