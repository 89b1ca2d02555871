import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type { Stack, StackResource } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../../world/context.js';
import { accept } from '../../members.js';
import { page } from '../../page.js';
import type { Operations } from '../../service.js';
import { completeForLook } from '../engine/operation.js';
import { validationError } from '../errors.js';
import { allExports, allStacks, importersOf, theStack, type ResourceRecord, type StackRecord } from '../records.js';
import { shownParameters } from './start.js';

const badToken = (): Error => validationError('NextToken is not valid');
const perPage = 100;

/** A stack as it is after whatever a look at it completes. */
const looked = async (nameOrId: string | undefined, ctx: Context): Promise<StackRecord> => {
  const stack = theStack(nameOrId, ctx);
  await completeForLook(stack, ctx);
  // The look may just have seen its deletion through: by name it is gone then.
  return theStack(nameOrId, ctx);
};

const shownStack = (stack: StackRecord): Stack => ({
  StackId: stack.id,
  StackName: stack.name,
  ...(stack.changeSetId === undefined ? {} : { ChangeSetId: stack.changeSetId }),
  Description: stack.deployment?.template.Description,
  Parameters: shownParameters(stack.deployment),
  CreationTime: stack.createdAt,
  LastUpdatedTime: stack.updatedAt,
  DeletionTime: stack.deletedAt,
  RollbackConfiguration: {},
  StackStatus: stack.status,
  StackStatusReason: stack.statusReason,
  DisableRollback: stack.disableRollback,
  NotificationARNs: [],
  Capabilities: [...(stack.deployment?.capabilities ?? [])],
  Outputs: [...stack.outputs],
  RoleARN: stack.deployment?.roleArn,
  Tags: [...(stack.deployment?.tags ?? [])],
  EnableTerminationProtection: stack.terminationProtection,
  DriftInformation: stackDrift(stack),
});

const stackDrift = ({ driftStatus }: StackRecord) =>
  driftStatus ? { StackDriftStatus: driftStatus.status, LastCheckTimestamp: driftStatus.at } : { StackDriftStatus: 'NOT_CHECKED' as const };

const resourceDrift = (stack: StackRecord, { logicalId }: ResourceRecord) => {
  const found = stack.drifts.get(logicalId);
  return found
    ? { StackResourceDriftStatus: found.status, LastCheckTimestamp: found.checkedAt }
    : { StackResourceDriftStatus: 'NOT_CHECKED' as const };
};

const shownResource = (stack: StackRecord, record: ResourceRecord): StackResource & { LogicalResourceId: string } => ({
  StackName: stack.name,
  StackId: stack.id,
  LogicalResourceId: record.logicalId,
  PhysicalResourceId: record.physicalId,
  ResourceType: record.type,
  Timestamp: record.changedAt,
  ResourceStatus: record.status,
  ResourceStatusReason: record.statusReason,
  DriftInformation: resourceDrift(stack, record),
});

const summaryOf = (stack: StackRecord) => (record: ResourceRecord) => ({
  LogicalResourceId: record.logicalId,
  PhysicalResourceId: record.physicalId,
  ResourceType: record.type,
  LastUpdatedTimestamp: record.changedAt,
  ResourceStatus: record.status,
  ResourceStatusReason: record.statusReason,
  DriftInformation: resourceDrift(stack, record),
});

const theResource = (stack: StackRecord, logicalId: string | undefined): ResourceRecord => {
  const record = stack.resources.get(logicalId ?? '');
  if (!record) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
  return record;
};

/** Questions about stacks. Those about one stack complete its operation for a client that cannot sleep in world time. */
export const looks = {
  DescribeStacks: async (input, ctx) => {
    accept('cloudformation.DescribeStacks', input, ['StackName', 'NextToken']);
    if (input.StackName !== undefined) return { Stacks: [shownStack(await looked(input.StackName, ctx))] };
    const standing = allStacks(ctx).filter(({ status }) => status !== 'DELETE_COMPLETE');
    const { items, next } = page(standing, { token: input.NextToken, most: perPage }, badToken);
    for (const stack of items) await completeForLook(stack, ctx);
    return { Stacks: items.map(shownStack), NextToken: next };
  },

  DescribeStackEvents: async (input, ctx) => {
    accept('cloudformation.DescribeStackEvents', input, ['StackName', 'NextToken']);
    const stack = theStack(input.StackName, ctx);
    await completeForLook(stack, ctx);
    // Newest first; a token says up to which event, counted from the oldest, so that new events do not shift the pages.
    const until = input.NextToken === undefined ? stack.events.length : Number(input.NextToken);
    if (!Number.isInteger(until)) throw badToken();
    const from = Math.max(0, until - perPage);
    return { StackEvents: stack.events.slice(from, until).reverse(), NextToken: from > 0 ? String(from) : undefined };
  },

  DescribeStackResources: async (input, ctx) => {
    accept('cloudformation.DescribeStackResources', input, ['StackName', 'LogicalResourceId', 'PhysicalResourceId']);
    const { StackName, LogicalResourceId: logicalId, PhysicalResourceId: physicalId } = input;
    const owner = physicalId === undefined ? undefined : ownerOf(physicalId, ctx);
    if (StackName === undefined && !owner) throw validationError(`Stack for ${physicalId} does not exist`);
    const stack = owner ?? (await looked(StackName, ctx));
    const records = [...stack.resources.values()].filter((record) => logicalId === undefined || record.logicalId === logicalId);
    return { StackResources: records.map((record) => shownResource(stack, record)) };
  },

  DescribeStackResource: async (input, ctx) => {
    accept('cloudformation.DescribeStackResource', input, ['StackName', 'LogicalResourceId']);
    const stack = await looked(input.StackName, ctx);
    const record = theResource(stack, input.LogicalResourceId);
    const Metadata = record.metadata === undefined ? undefined : JSON.stringify(record.metadata);
    return { StackResourceDetail: { StackName: stack.name, StackId: stack.id, ...summaryOf(stack)(record), Metadata } };
  },

  ListStackResources: async (input, ctx) => {
    accept('cloudformation.ListStackResources', input, ['StackName', 'NextToken']);
    const stack = await looked(input.StackName, ctx);
    const { items, next } = page([...stack.resources.values()], { token: input.NextToken, most: perPage }, badToken);
    return { StackResourceSummaries: items.map(summaryOf(stack)), NextToken: next };
  },

  ListStacks: async (input, ctx) => {
    accept('cloudformation.ListStacks', input, ['NextToken', 'StackStatusFilter']);
    for (const stack of allStacks(ctx)) await completeForLook(stack, ctx);
    const wanted = input.StackStatusFilter ?? [];
    const chosen = allStacks(ctx).filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, next } = page(chosen, { token: input.NextToken, most: perPage }, badToken);
    const StackSummaries = items.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: stack.deployment?.template.Description,
      CreationTime: stack.createdAt,
      LastUpdatedTime: stack.updatedAt,
      DeletionTime: stack.deletedAt,
      StackStatus: stack.status,
      StackStatusReason: stack.statusReason,
      DriftInformation: stackDrift(stack),
    }));
    return { StackSummaries, NextToken: next };
  },

  ListExports: (input, ctx) => {
    accept('cloudformation.ListExports', input, ['NextToken']);
    const { items, next } = page(allExports(ctx), { token: input.NextToken, most: perPage }, badToken);
    return { Exports: items.map(({ name, value, stack }) => ({ Name: name, Value: value, ExportingStackId: stack.id })), NextToken: next };
  },

  ListImports: (input, ctx) => {
    accept('cloudformation.ListImports', input, ['ExportName', 'NextToken']);
    const importers = importersOf(input.ExportName ?? '', ctx);
    if (importers.length === 0) throw validationError(`Export '${input.ExportName}' is not imported by any stack.`);
    const { items, next } = page(importers, { token: input.NextToken, most: perPage }, badToken);
    return { Imports: items.map(({ name }) => name), NextToken: next };
  },
} satisfies Operations<typeof CloudFormation>;

const ownerOf = (physicalId: string, ctx: Context): StackRecord | undefined =>
  allStacks(ctx).find((stack) => [...stack.resources.values()].some((record) => record.physicalId === physicalId));
