import type { Context } from '../../../world/context.js';
import type { Catalog } from '../catalog.js';
import { importersOf, type ResourceRecord, type StackRecord } from '../records.js';
import type { RemovalPolicy } from '../template/template.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus } from './progress.js';
import { remove } from './remove.js';

/** Deletes the stack's resources in reverse order, except those named in `retained`, and then the stack. */
export const deleteResources = (
  stack: StackRecord,
  catalog: Catalog,
  retained: readonly string[],
  moment: Moment,
  reason = 'User Initiated',
): void => {
  const before = stack.status;
  enterStatus(stack, 'DELETE_IN_PROGRESS', moment.ctx, reason);
  const inUse = exportInUse(stack, moment.ctx);
  if (inUse !== undefined) {
    // The deletion counts as never begun: the stack is what it was, and its status says why (aws/aws-cdk#604).
    enterStatus(stack, before, moment.ctx, inUse);
    return endOperation(stack, moment);
  }
  const { leftovers } = stack;
  stack.leftovers = [];
  const standing = [...stack.resources.values()].filter(
    (record) => !leftovers.some((one) => one.record === record) && !/^DELETE_(COMPLETE|SKIPPED)$/.test(record.status),
  );
  const policyOf = ({ logicalId, deletionPolicy }: ResourceRecord): RemovalPolicy =>
    retained.includes(logicalId) ? 'Retain' : deletionPolicy;
  remove(
    {
      stack,
      catalog,
      leftovers: [...leftovers, ...standing.map((record) => ({ record, policy: policyOf(record) }))],
      listing: 'keep',
      finished: (failed, now) => {
        const names = failed.map(({ logicalId }) => logicalId).join(', ');
        if (failed.length > 0) enterStatus(stack, 'DELETE_FAILED', now.ctx, `The following resource(s) failed to delete: [${names}].`);
        else enterStatus(stack, 'DELETE_COMPLETE', now.ctx);
        endOperation(stack, now);
      },
    },
    moment,
  );
};

const exportInUse = (stack: StackRecord, ctx: Context): string | undefined => {
  for (const { ExportName } of stack.outputs) {
    const users = ExportName === undefined ? [] : importersOf(ExportName, ctx).filter((user) => user !== stack);
    if (users.length > 0) {
      return `Export ${ExportName} cannot be deleted as it is in use by ${users.map(({ name }) => name).join(' and ')}`;
    }
  }
  return undefined;
};
