import type { Leftover, StackRecord } from '../records.js';
import { denialBy } from '../stack-policy.js';
import { afterFailure, cancel, publishOutputs } from './create-stack.js';
import type { Job } from './job.js';
import { later, type Moment } from './moment.js';
import { endOperation } from './operation.js';
import { enterStatus, recordResource } from './progress.js';
import { provision } from './provision.js';
import { removeLeftovers } from './remove-leftovers.js';
import { rollBackCreation } from './roll-back-creation.js';
import { rollBackUpdate } from './roll-back-update.js';
import { walk } from './walk.js';

/** Brings a stack to a new deployment: creates, updates and replaces, then cleans up; or goes back to what was. */
export const updateStack = (job: Job, moment: Moment): void => {
  const { stack } = job;
  enterStatus(stack, 'UPDATE_IN_PROGRESS', moment.ctx, 'User Initiated');
  const denied = deniedRemovals(job, moment);
  if (denied.length > 0) return updateFailed(job, denied, moment);
  walk(
    {
      dependencies: job.deployment.dependencies,
      step: provision(job),
      onFailure: afterFailure(job),
      finished: async ({ failed, interrupted }, now) => {
        cancel(stack, interrupted, now);
        if (failed.length > 0) return updateFailed(job, failed, now);
        const problem = await publishOutputs(job, now);
        if (problem !== undefined) return giveUp(job, problem, now);
        enterStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', now.ctx);
        stack.leftovers = [...stack.leftovers, ...noLongerWanted(job)];
        removeLeftovers(stack, job.catalog, now, (then) => {
          enterStatus(stack, 'UPDATE_COMPLETE', then.ctx);
          endOperation(stack, then);
        });
      },
    },
    moment,
  );
};

/** Gives up an update under way and goes back, as `CancelUpdateStack` asks. */
export const cancelUpdate = (job: Job, moment: Moment): void => {
  // What an event of the update is in the middle of is let finish first: what exists must be found and removed.
  later(moment, 0, 'the update is cancelled', (now) => {
    cancel(job.stack, [...job.stack.resources.keys()], now);
    undo(job, 'User Initiated', now);
  });
};

const noLongerWanted = (job: Job): readonly Leftover[] =>
  [...job.stack.resources.values()]
    .filter(({ logicalId }) => !job.deployment.resources.has(logicalId))
    .map((record) => ({ record, policy: record.deletionPolicy }));

const deniedRemovals = (job: Job, moment: Moment): readonly string[] =>
  [...job.stack.resources.values()].flatMap((record) => {
    if (job.deployment.resources.has(record.logicalId)) return [];
    const denial = denialBy(job.policy, 'Update:Delete', record);
    if (denial === undefined) return [];
    recordResource(job.stack, record, 'UPDATE_FAILED', moment.ctx, denial);
    return [record.logicalId];
  });

const updateFailed = (job: Job, failed: readonly string[], moment: Moment): void => {
  const verbs = { CREATE_FAILED: 'create', IMPORT_FAILED: 'import', UPDATE_FAILED: 'update' };
  const sentences = Object.entries(verbs).flatMap(([status, verb]) => {
    const names = failed.filter((name) => statusOf(job.stack, name) === status);
    return names.length > 0 ? [`The following resource(s) failed to ${verb}: [${names.join(', ')}].`] : [];
  });
  giveUp(job, sentences.join(' '), moment);
};

const statusOf = (stack: StackRecord, name: string): string | undefined => stack.resources.get(name)?.status;

const giveUp = (job: Job, problem: string, moment: Moment): void => {
  if (job.onFailure !== 'DO_NOTHING') return undo(job, problem, moment);
  enterStatus(job.stack, 'UPDATE_FAILED', moment.ctx, problem);
  endOperation(job.stack, moment);
};

/** Back to the last good state; a stack that never had one is emptied. */
export const undo = (job: Job, reason: string, moment: Moment): void =>
  job.stack.baseline ? rollBackUpdate(job, reason, moment) : rollBackCreation(job, reason, moment);
