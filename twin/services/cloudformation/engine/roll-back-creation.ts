import type { Leftover, ResourceRecord } from '../records.js';
import type { Job } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus } from './progress.js';
import { remove } from './remove.js';

/** Unmakes everything that a stack without a good state behind it has made; the stack stays, empty, to be looked at and deleted. */
export const rollBackCreation = (job: Job, reason: string, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'ROLLBACK_IN_PROGRESS', moment.ctx, reason);
  const leftovers = [...stack.leftovers, ...[...stack.resources.values()].map((record) => undoingCreation(job, record))];
  remove(
    {
      stack,
      catalog: job.catalog,
      leftovers,
      listing: 'keep',
      finished: (failed, now) => {
        stack.leftovers = [];
        const names = failed.map(({ logicalId }) => logicalId).join(', ');
        if (failed.length > 0) enterStatus(stack, 'ROLLBACK_FAILED', now.ctx, `The following resource(s) failed to delete: [${names}].`);
        else enterStatus(stack, 'ROLLBACK_COMPLETE', now.ctx);
        endOperation(stack, now);
      },
    },
    moment,
  );
};

/**
 * What becomes of a resource whose creation is undone: Retain keeps it, RetainExceptOnCreate does not, what was imported stays,
 * and only what was complete has something worth a snapshot.
 */
export const undoingCreation = (job: Job, record: ResourceRecord): Leftover => {
  const { deletionPolicy, status, physicalId } = record;
  const retain = deletionPolicy === 'Retain' && !job.retainExceptOnCreate && physicalId !== undefined;
  const snapshot = deletionPolicy === 'Snapshot' && status.endsWith('_COMPLETE');
  return { record, policy: retain || record.adopted ? 'Retain' : snapshot ? 'Snapshot' : 'Delete' };
};
