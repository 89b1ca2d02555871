import type { StackRecord } from '../records.js';
import { deleteResources } from './delete-stack.js';
import { failureReason } from './failure-reason.js';
import { scopeOf, type Job } from './job.js';
import type { Moment } from './moment.js';
import { endOperation } from './operation.js';
import { checkExports, evaluateOutputs } from './outputs.js';
import { enterStatus, recordResource } from './progress.js';
import { provision } from './provision.js';
import { rollBackCreation } from './roll-back-creation.js';
import { walk } from './walk.js';

/** Creates everything a stack wants, dependencies first, and unmakes it when something fails. */
export const createStack = (job: Job, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'CREATE_IN_PROGRESS', moment.ctx, 'User Initiated');
  walk(
    {
      dependencies: job.deployment.dependencies,
      step: provision(job),
      onFailure: afterFailure(job),
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

/** Without a rollback to come, what does not wait for the failed is carried on with ("Stack failure options"). */
export const afterFailure = (job: Job): 'stop' | 'go-on' => (job.onFailure === 'DO_NOTHING' ? 'go-on' : 'stop');

const failedToCreate = (failed: readonly string[]): string => `The following resource(s) failed to create: [${failed.join(', ')}].`;

/** Marks what was under way when something else failed. */
export const cancel = (stack: StackRecord, interrupted: readonly string[], moment: Moment): void => {
  for (const record of interrupted.flatMap((name) => stack.resources.get(name) ?? [])) {
    if (record.status === 'CREATE_IN_PROGRESS') {
      recordResource(stack, record, 'CREATE_FAILED', moment.ctx, 'Resource creation cancelled');
    } else if (record.status === 'UPDATE_IN_PROGRESS') {
      recordResource(stack, record, 'UPDATE_FAILED', moment.ctx, 'Resource update cancelled');
    } else if (record.status === 'IMPORT_IN_PROGRESS') {
      recordResource(stack, record, 'IMPORT_FAILED', moment.ctx, 'Resource import cancelled');
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
  if (onFailure === 'DELETE') return deleteResources(stack, job.catalog, [], moment, `${problem} Delete requested by user.`);
  if (onFailure === 'ROLLBACK') return rollBackCreation(job, `${problem} Rollback requested by user.`, moment);
  enterStatus(stack, 'CREATE_FAILED', moment.ctx, problem);
  endOperation(stack, moment);
};
