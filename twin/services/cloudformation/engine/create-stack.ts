import type { ResourceRecord, StackRecord } from '../records.js';
import { deleteResources } from './delete-stack.js';
import { failureReason } from './failure-reason.js';
import { scopeOf, type Job, type Leftover } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { checkExports, evaluateOutputs } from './outputs.js';
import { enterStatus, recordResource } from './progress.js';
import { provision } from './provision.js';
import { remove } from './remove.js';
import { walk } from './walk.js';

/** Creates everything a stack wants, dependencies first, and unmakes it when something fails. */
export const createStack = (job: Job, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'CREATE_IN_PROGRESS', moment.ctx, 'User Initiated');
  walk(
    {
      dependencies: job.deployment.dependencies,
      step: provision(job),
      onFailure: 'stop',
      finished: async ({ failed, interrupted }, now) => {
        cancel(stack, interrupted, now);
        const problem = failed.length > 0 ? failedToCreate(failed) : await publishOutputs(job, now);
        if (problem !== undefined) return creationFailed(job, problem, now);
        enterStatus(stack, 'CREATE_COMPLETE', now.ctx);
        endOperation(stack, now);
      },
    },
    moment,
  );
};

const failedToCreate = (failed: readonly string[]): string => `The following resource(s) failed to create: [${failed.join(', ')}].`;

/** Marks what was under way when something else failed. */
export const cancel = (stack: StackRecord, interrupted: readonly string[], moment: Moment): void => {
  for (const record of interrupted.flatMap((name) => stack.resources.get(name) ?? [])) {
    if (record.status === 'CREATE_IN_PROGRESS') {
      recordResource(stack, record, 'CREATE_FAILED', moment.ctx, 'Resource creation cancelled');
    } else if (record.status === 'UPDATE_IN_PROGRESS') {
      recordResource(stack, record, 'UPDATE_FAILED', moment.ctx, 'Resource update cancelled');
    }
  }
};

/** Sets the stack's outputs, exports and imports; answers why that cannot be. */
export const publishOutputs = async (job: Job, moment: Moment): Promise<string | undefined> => {
  try {
    const outputs = await evaluateOutputs(job.deployment, scopeOf(job, moment.ctx));
    checkExports(job.stack, outputs, moment.ctx);
    job.stack.outputs = outputs;
    job.stack.imports = new Set(job.imports);
    return undefined;
  } catch (error) {
    return failureReason(error, moment.ctx);
  }
};

const creationFailed = (job: Job, problem: string, moment: Moment): void => {
  const { stack, onFailure } = job;
  if (onFailure === 'DO_NOTHING') {
    enterStatus(stack, 'CREATE_FAILED', moment.ctx, problem);
    return endOperation(stack, moment);
  }
  if (onFailure === 'DELETE') return deleteResources(stack, job.catalog, [], moment, `${problem} Delete requested by user.`);
  enterStatus(stack, 'ROLLBACK_IN_PROGRESS', moment.ctx, `${problem} Rollback requested by user.`);
  const leftovers = [...stack.resources.values()].map((record) => undoingCreation(job, record));
  remove(
    {
      stack,
      catalog: job.catalog,
      leftovers,
      listing: 'keep',
      finished: (failed, now) => {
        const reason =
          failed.length > 0 ? `The following resource(s) failed to delete: [${failed.map((one) => one.logicalId).join(', ')}].` : undefined;
        enterStatus(stack, reason === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', now.ctx, reason);
        endOperation(stack, now);
      },
    },
    moment,
  );
};

/**
 * What becomes of a resource whose creation is undone: Retain keeps it, RetainExceptOnCreate does not, and only what was
 * complete has something worth a snapshot.
 */
export const undoingCreation = (job: Job, record: ResourceRecord): Leftover => {
  const { deletionPolicy, status, physicalId } = record;
  const retain = deletionPolicy === 'Retain' && !job.retainExceptOnCreate && physicalId !== undefined;
  const snapshot = deletionPolicy === 'Snapshot' && status.endsWith('_COMPLETE');
  return { record, policy: retain ? 'Retain' : snapshot ? 'Snapshot' : 'Delete' };
};
